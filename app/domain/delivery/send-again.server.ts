import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { createDelivery } from "./create-delivery.server";

export type SendAgainInput = { shopId: string; orderId: string; actor: AuditActor; now: Date };

export type SendAgainRefusal =
  | "unknown_order"
  | "no_address"
  /** Nothing is left of what the order gave. */
  | "nothing_given"
  /** A message about it is on its way. */
  | "under_way";

export type SendAgainResult = { kind: "queued"; deliveryId: string } | { kind: "refused"; reason: SendAgainRefusal };

/**
 * Has an order's customer told again, with a fresh link. Grants are not touched: who is told twice has bought once.
 *
 * Two clicks at once send one message.
 */
export function sendAgain({ shopId, orderId, actor, now }: SendAgainInput): Promise<SendAgainResult> {
  return inTransaction(async (tx) => {
    const [order] = await tx.$queryRaw<{ name: string; email: string | null }[]>`
      SELECT "name", "email" FROM "Order"
      WHERE "id" = ${orderId}::uuid AND "shopId" = ${shopId}::uuid FOR NO KEY UPDATE`;
    if (!order) return refused("unknown_order");
    if (!order.email) return refused("no_address");
    if ((await tx.grant.count({ where: { shopId, orderId, state: { not: "revoked" } } })) === 0) {
      return refused("nothing_given");
    }
    if ((await tx.delivery.count({ where: { shopId, orderId, state: "queued" } })) > 0) return refused("under_way");

    const last = await tx.delivery.findFirst({
      where: { shopId, orderId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: { kind: true },
    });
    const kind = last && last.kind !== "fresh_link" ? last.kind : "granted";
    const delivery = await createDelivery(tx, { shopId, orderId, kind, now });
    const data = { order: order.name, deliveryId: delivery.id };
    await recordAudit(tx, { shopId, actor, action: "sent_again", orderId, data });
    return { kind: "queued", deliveryId: delivery.id };
  });
}

function refused(reason: SendAgainRefusal) {
  return { kind: "refused", reason } as const;
}
