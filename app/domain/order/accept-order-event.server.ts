import { inTransaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

export type OrderEventInput = { shopId: string; shopifyId: string; isDispute: boolean; now: Date };

/** Something happened to an order that the event does not carry: a job reads it and reconciles. */
export function acceptOrderEvent({ shopId, shopifyId, isDispute, now }: OrderEventInput): Promise<void> {
  return inTransaction(async (tx) => {
    if (isDispute) {
      await tx.order.updateMany({ where: { shopId, shopifyId, disputedAt: null }, data: { disputedAt: now } });
    }
    await enqueue(tx, "reconcile_order", { shopId, shopifyId }, `reconcile_order:${shopId}:${shopifyId}`);
  });
}
