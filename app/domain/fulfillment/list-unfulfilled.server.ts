import { db } from "~/db.server";

/** So many orders that Shopify would not take as fulfilled, and why. */
export type Unfulfilled = { problem: string; orders: number };

/** What keeps orders from being marked as fulfilled, the most frequent first; nothing once the shop wants no marks. */
export function listUnfulfilled(shopId: string): Promise<Unfulfilled[]> {
  return db.$queryRaw<Unfulfilled[]>`
    SELECT o."fulfillProblem" AS "problem", count(*)::int AS "orders"
    FROM "Order" o JOIN "Shop" s ON s."id" = o."shopId" AND s."fulfillLines"
    WHERE o."shopId" = ${shopId}::uuid AND o."fulfillProblem" IS NOT NULL AND o."cancelledAt" IS NULL
    GROUP BY o."fulfillProblem" ORDER BY "orders" DESC, "problem"`;
}
