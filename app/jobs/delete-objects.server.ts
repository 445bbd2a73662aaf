import { deleteObject } from "~/gateways/storage/delete-object.server";
import type { JobPayload } from "./jobs";

/** Removes objects that no row refers to. @throws StorageUnavailable; what is removed stays so. */
export async function runDeleteObjects({ storageKeys }: JobPayload<"delete_objects">) {
  for (const storageKey of storageKeys) await deleteObject(storageKey);
}
