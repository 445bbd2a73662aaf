import { Prisma } from "@prisma/client";

const LOOKED_AT_DAYS = 60;

/**
 * As conditions on "Delivery" d and "Order" o: the customer of this order could not be told, and nothing
 * was sent since. An order whose customer was erased is nobody's concern any more.
 */
export function isUndelivered(shopId: string, now: Date): Prisma.Sql {
  const since = new Date(now.getTime() - LOOKED_AT_DAYS * 86_400_000);
  return Prisma.sql`
    d."shopId" = ${shopId}::uuid AND d."state" IN ('failed', 'unaddressed') AND d."createdAt" > ${since}
    AND o."redactedAt" IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM "Delivery" later
      WHERE later."orderId" = d."orderId" AND (later."createdAt", later."id") > (d."createdAt", d."id"))`;
}
