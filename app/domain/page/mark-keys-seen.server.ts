import { db } from "~/db.server";

/**
 * Keeps that a person has seen the keys of orders: of several keys, those unseen are the first to be taken back.
 *
 * Where keys are hidden until they are revealed (`showKey`), looking at their page shows none.
 *
 * A page that was only fetched proves no person: this is told by what people alone do on it.
 */
export async function markKeysSeen(shopId: string, orderIds: string[], now: Date): Promise<void> {
  await db.grant.updateMany({
    where: {
      shopId,
      orderId: { in: orderIds },
      poolId: { not: null },
      order: { shop: { revealToClaim: false } },
      state: "active",
      shownAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    data: { shownAt: now },
  });
}
