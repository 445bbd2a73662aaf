import { validate as isUuid } from "uuid";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import type { PastOrdersInput } from "./run-input";
import { startRun } from "./start-run.server";

export type StartPastOrdersInput = {
  shopId: string;
  wish: Omit<PastOrdersInput, "titles">;
  actor: AuditActor;
  now: Date;
};

export type StartPastOrdersRefusal = "nothing_chosen" | "unknown_attachment";

export type StartPastOrdersResult =
  { kind: "started"; runId: string } | { kind: "refused"; reason: StartPastOrdersRefusal };

/**
 * Starts giving attachments of one product to past orders.
 *
 * @returns `refused` with `unknown_attachment` unless all of them stand and are of that product. Asked for the same
 *   again while it is under way, answers the run under way.
 */
export async function startPastOrders(input: StartPastOrdersInput): Promise<StartPastOrdersResult> {
  const { shopId, wish, actor, now } = input;
  const { productId } = wish;
  const attachmentIds = [...new Set(wish.attachmentIds)].sort();
  if (attachmentIds.length === 0) return { kind: "refused", reason: "nothing_chosen" };
  if (!attachmentIds.every((id) => isUuid(id))) return { kind: "refused", reason: "unknown_attachment" };

  return inTransaction(async (tx) => {
    const attachments = await tx.attachment.findMany({
      where: { shopId, productId, detachedAt: null, id: { in: attachmentIds } },
      select: { asset: { select: { title: true } }, pool: { select: { name: true } } },
      orderBy: { id: "asc" },
    });
    if (attachments.length < attachmentIds.length) return { kind: "refused", reason: "unknown_attachment" };

    const titles = attachments.map(({ asset, pool }) => asset?.title ?? pool?.name ?? "");
    const wanted = { ...wish, attachmentIds, titles };
    return { kind: "started", runId: await startRun(tx, { shopId, kind: "past_orders", input: wanted, actor, now }) };
  });
}
