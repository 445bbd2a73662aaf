import { db } from "~/db.server";

/** @param domain  `name.myshopify.com`; null when the shop never installed the app. */
export function findShop(domain: string) {
  return db.shop.findUnique({ where: { domain } });
}

export function findShopById(shopId: string) {
  return db.shop.findUnique({ where: { id: shopId } });
}
