import { inTransaction, type Tx } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

/** Has a run begun, or gone on with. */
export function enqueueRun(tx: Tx, runId: string): Promise<void> {
  return enqueue(tx, "bulk_run", { runId }, `bulk_run:${runId}`);
}

/** Has every run gone on with that is not finished: its worker may have died. */
export function enqueueRuns(): Promise<void> {
  return inTransaction(async (tx) => {
    const runs = await tx.bulkRun.findMany({
      where: { state: { in: ["queued", "running"] }, shop: { uninstalledAt: null } },
      select: { id: true },
      orderBy: { id: "asc" },
    });
    for (const { id } of runs) await enqueueRun(tx, id);
  });
}
