import { setInventory } from "~/domain/pool/set-inventory.server";
import type { JobPayload } from "./jobs";

export function runSetInventory(payload: JobPayload<"set_inventory">) {
  return setInventory({ ...payload, now: new Date() });
}
