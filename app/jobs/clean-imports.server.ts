import { cleanImports } from "~/domain/key-import/clean-imports.server";
import type { JobPayload } from "./jobs";

export function runCleanImports(_payload: JobPayload<"clean_imports">, now = new Date()) {
  return cleanImports(now);
}
