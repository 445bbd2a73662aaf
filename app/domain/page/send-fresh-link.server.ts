import { inTransaction } from "~/db.server";
import { createDelivery } from "~/domain/delivery/create-delivery.server";

const PAUSE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const LINKS_PER_DAY = 5;

/**
 * Sends a fresh link to the order's own address: at most one in five minutes, and five a day.
 *
 * Says nothing of what came of it: whoever asks is not told whether there is an address, or who asked before.
 */
export function sendFreshLink(shopId: string, orderId: string, now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    // Requests of one order queue behind each other: the pause holds however many arrive at once.
    const [order] = await tx.$queryRaw<{ hasAddress: boolean }[]>`
      SELECT "email" IS NOT NULL AS "hasAddress" FROM "Order"
      WHERE "id" = ${orderId}::uuid AND "shopId" = ${shopId}::uuid FOR UPDATE`;
    const sent = await tx.delivery.findMany({
      where: { orderId, kind: "fresh_link", createdAt: { gt: new Date(now.getTime() - DAY_MS) } },
      select: { createdAt: true },
    });
    const isTooSoon = sent.some(({ createdAt }) => now.getTime() - createdAt.getTime() < PAUSE_MS);
    if (!order?.hasAddress || isTooSoon || sent.length >= LINKS_PER_DAY) return;

    await createDelivery(tx, { shopId, orderId, kind: "fresh_link", now });
  });
}
