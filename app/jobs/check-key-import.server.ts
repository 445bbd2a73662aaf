import { checkImport } from "~/domain/key-import/check-import.server";
import type { JobPayload } from "./jobs";

/** @throws when storage or Shopify does not answer; the job is to be repeated. */
export function runCheckKeyImport({ importId }: JobPayload<"check_key_import">) {
  return checkImport(importId, new Date());
}
