import { enqueueRuns } from "~/domain/bulk-run/enqueue-runs.server";

export function runBulkRuns() {
  return enqueueRuns();
}
