import { carryOnRun } from "~/domain/bulk-run/carry-on-run.server";
import type { JobPayload } from "./jobs";

export function runBulkRun({ runId }: JobPayload<"bulk_run">) {
  return carryOnRun(runId);
}
