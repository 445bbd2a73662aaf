import { addImport } from "~/domain/key-import/add-import.server";
import type { JobPayload } from "./jobs";

export function runAddKeyImport({ importId }: JobPayload<"add_key_import">) {
  return addImport(importId, new Date());
}
