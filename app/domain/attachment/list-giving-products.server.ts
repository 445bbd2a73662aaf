import { db } from "~/db.server";

/** Product gids on either side of a place in the list. */
export type GivingProductsPlace = { after?: string; before?: string };

/**
 * The products that give something, in an order of their own that stays the same from page to page.
 *
 * @param place  a product gid to begin after, or to end before; `before` wins
 * @returns up to `limit` product gids next to that place, in the list's order.
 */
export async function listGivingProducts(
  shopId: string,
  { after = "", before }: GivingProductsPlace,
  limit: number,
): Promise<string[]> {
  if (before) {
    const rows = await db.$queryRaw<{ productId: string }[]>`
      SELECT DISTINCT "productId" FROM "Attachment"
      WHERE "shopId" = ${shopId}::uuid AND "detachedAt" IS NULL AND "productId" < ${before}
      ORDER BY "productId" DESC LIMIT ${limit}`;
    return rows.map(({ productId }) => productId).reverse();
  }
  const rows = await db.$queryRaw<{ productId: string }[]>`
    SELECT DISTINCT "productId" FROM "Attachment"
    WHERE "shopId" = ${shopId}::uuid AND "detachedAt" IS NULL AND "productId" > ${after}
    ORDER BY "productId" LIMIT ${limit}`;
  return rows.map(({ productId }) => productId);
}
