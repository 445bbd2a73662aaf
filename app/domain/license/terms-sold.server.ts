import { Prisma } from "@prisma/client";

/**
 * The columns of what a license was sold under, of "Grant" g and "Pool" p: its pool as it is now where that was not
 * kept, and for a license without an order.
 */
export const termsSold = Prisma.sql`
  NULLIF(COALESCE(g."activationLimit", p."activationLimit"), 0) AS "poolActivationLimit",
  COALESCE(g."keyFor", p."keyFor")::text AS "keyFor"`;
