import { inTransaction } from "~/db.server";
import type { ActorId, AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { PastOrdersInput } from "./run-input";
import { PastOrdersReport } from "./run-report";

export type EndRunInput = { shopId: string; runId: string; as: "done" | "cancelled"; actor?: AuditActor; now: Date };

/**
 * Ends a run; one that ended already stays as it ended. What a cancelled run gave stays given.
 *
 * @returns whether this call ended it.
 */
export function endRun({ shopId, runId, as, actor, now }: EndRunInput): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { count } = await tx.bulkRun.updateMany({
      where: { id: runId, shopId, state: { in: ["queued", "running"] } },
      data: { state: as, finishedAt: now, problem: null, ...(as === "cancelled" && { cancelledAt: now }) },
    });
    if (count === 0) return false;

    const run = await tx.bulkRun.findUniqueOrThrow({ where: { id: runId } });
    if (run.kind !== "past_orders") return true;
    const { titles, productId, productTitle } = PastOrdersInput.parse(run.input);
    const { orders } = PastOrdersReport.parse(run.report);
    const named = { productId, productTitle, titles: titles.slice(0, 3), count: titles.length };
    await recordAudit(tx, {
      ...{ shopId, actor: actor ?? (run.actor as ActorId), action: "given_to_past" },
      data: { ...named, orders, isCancelled: as === "cancelled" },
    });
    return true;
  });
}
