import { inTransaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

const AT_ONCE = 1_000;

/** Tries again, on a person's word, to mark as fulfilled what Shopify would not take; the oldest 1,000 orders. */
export function retryFulfillment(shopId: string): Promise<number> {
  return inTransaction(async (tx) => {
    const orders = await tx.order.findMany({
      where: { shopId, fulfillProblem: { not: null }, cancelledAt: null },
      select: { id: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    for (const { id: orderId } of orders) {
      await enqueue(tx, "fulfill_lines", { shopId, orderId }, `fulfill_lines:${orderId}`);
    }
    return orders.length;
  });
}
