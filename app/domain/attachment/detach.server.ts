import { validate as isUuid } from "uuid";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";

export type DetachInput = {
  shopId: string;
  attachmentIds: string[];
  /** As the audit should name the product. */
  productTitle?: string;
  actor?: AuditActor;
  now: Date;
};

export type DetachRefusal = "nothing_chosen" | "unknown_attachment";

export type DetachResult = { kind: "detached"; detached: number } | { kind: "refused"; reason: DetachRefusal };

/**
 * Ends attachments: orders paid from `now` on no longer get what they gave.
 *
 * Whoever bought before keeps what they have. All are detached or, when one is not the shop's, none.
 * One detached earlier is left as it is; `detached` counts those that still stood.
 */
export async function detach(input: DetachInput): Promise<DetachResult> {
  const { shopId, productTitle, actor = "worker", now } = input;
  const attachmentIds = [...new Set(input.attachmentIds)];
  if (attachmentIds.length === 0) return { kind: "refused", reason: "nothing_chosen" };
  if (!attachmentIds.every((id) => isUuid(id))) return { kind: "refused", reason: "unknown_attachment" };

  return inTransaction(async (tx) => {
    const attachments = await tx.attachment.findMany({
      where: { shopId, id: { in: attachmentIds } },
      select: { id: true, productId: true, asset: { select: { title: true } }, pool: { select: { name: true } } },
    });
    if (attachments.length < attachmentIds.length) return { kind: "refused", reason: "unknown_attachment" };

    const { count: detached } = await tx.attachment.updateMany({
      where: { shopId, id: { in: attachmentIds }, detachedAt: null },
      data: { detachedAt: now },
    });
    if (detached > 0) {
      const titles = [...new Set(attachments.map(({ asset, pool }) => asset?.title ?? pool?.name ?? ""))];
      const productId = attachments[0]?.productId ?? null;
      const data = { productId, productTitle: productTitle ?? null, titles: titles.slice(0, 3), count: titles.length };
      await recordAudit(tx, { shopId, actor, action: "detached", data });
    }
    return { kind: "detached", detached };
  });
}
