import { sweepShop } from "~/domain/sweep/sweep-shop.server";
import type { JobPayload } from "./jobs";

export function runSweepShop(payload: JobPayload<"sweep_shop">) {
  return sweepShop(payload);
}
