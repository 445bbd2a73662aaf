import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { createDelivery } from "~/domain/delivery/create-delivery.server";
import { releaseGrants } from "~/domain/grant/apply-changes.server";

export type ReleaseOrderInput = { shopId: string; orderId: string; actor: AuditActor; now: Date };

export type ReleaseRefusal = "unknown_order" | "not_held";

export type ReleaseOrderResult = { kind: "released"; grants: number } | { kind: "refused"; reason: ReleaseRefusal };

/** Lets a held order go on a person's word: its grants open, the customer is told, and no risk holds it again. */
export function releaseOrder({ shopId, orderId, actor, now }: ReleaseOrderInput): Promise<ReleaseOrderResult> {
  return inTransaction(async (tx) => {
    const [order] = await tx.$queryRaw<{ name: string }[]>`
      SELECT "name" FROM "Order" WHERE "id" = ${orderId}::uuid AND "shopId" = ${shopId}::uuid FOR NO KEY UPDATE`;
    if (!order) return { kind: "refused", reason: "unknown_order" };

    const held = await tx.grant.findMany({ where: { shopId, orderId, state: "held" }, select: { id: true } });
    if (held.length === 0) return { kind: "refused", reason: "not_held" };

    await tx.order.update({ where: { id: orderId }, data: { releasedAt: now } });
    await releaseGrants(
      tx,
      shopId,
      held.map((grant) => grant.id),
    );
    await recordAudit(tx, {
      shopId,
      actor,
      action: "released",
      orderId,
      data: { count: held.length, order: order.name },
    });
    await createDelivery(tx, { shopId, orderId, kind: "granted", now });
    return { kind: "released", grants: held.length };
  });
}
