import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import type { DryRunInput } from "./run-input";
import { startRun } from "./start-run.server";

export type StartDryRunInput = { shopId: string; proposal: DryRunInput; actor: AuditActor; now: Date };

/** Starts to try a proposal on the last orders; another one that is still being tried is given up for it. */
export function startDryRun({ shopId, proposal, actor, now }: StartDryRunInput): Promise<string> {
  return inTransaction(async (tx) => {
    const runId = await startRun(tx, { shopId, kind: "dry_run", input: proposal, actor, now });
    await tx.bulkRun.updateMany({
      where: { shopId, kind: "dry_run", state: { in: ["queued", "running"] }, id: { not: runId } },
      data: { state: "cancelled", cancelledAt: now, finishedAt: now },
    });
    return runId;
  });
}
