import { db } from "~/db.server";
import { adminOf } from "~/gateways/shopify/admin.server";
import { readShop } from "~/gateways/shopify/read-shop.server";

/**
 * Learns from Shopify what the shop calls itself: mails and pages speak in its name.
 *
 * @throws ShopifyUnavailable; the shop keeps the name it was known by.
 */
export async function refreshShop(shopId: string) {
  const shop = await db.shop.findUnique({ where: { id: shopId } });
  if (!shop || shop.uninstalledAt) return;

  const { name } = await readShop(await adminOf(shop.domain));
  if (name !== shop.name) await db.shop.update({ where: { id: shopId }, data: { name } });
}
