import { endImport } from "~/domain/key-import/end-import.server";
import type { JobPayload } from "./jobs";

/** @throws when storage does not answer; the job is to be repeated. */
export function runEndKeyImport({ importId }: JobPayload<"end_key_import">) {
  return endImport(importId);
}
