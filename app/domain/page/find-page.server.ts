import { db } from "~/db.server";
import { deliveryTokenHash } from "~/domain/delivery/delivery-token.server";
import type { PageShop } from "./page";
import { pageShopOf } from "./page-shop";

/** The page that a link leads to. */
export type Page = {
  /** `expired`: the link's hours are over. `sign_in`: the shop wants its customers to sign in instead. */
  state: "open" | "expired" | "sign_in";
  shopId: string;
  shop: PageShop;
  order: { id: string; name: string; locale: string | null };
  /** When the link's hours are over. */
  expiresAt: Date;
};

/**
 * The page of a link, found by the hash of its token.
 *
 * @param token  whatever stood in the address
 * @returns null when no delivery has this token (any more), or its shop has left.
 */
export async function findPage(token: string, now: Date): Promise<Page | null> {
  const delivery = await db.delivery.findUnique({
    where: { tokenHash: deliveryTokenHash(token) },
    include: { order: { select: { id: true, name: true, locale: true } }, shop: true },
  });
  if (!delivery || delivery.shop.uninstalledAt) return null;

  const { shopId, shop, order, expiresAt } = delivery;
  const state = shop.signInRequired ? "sign_in" : expiresAt <= now ? "expired" : "open";
  return { state, shopId, shop: pageShopOf(shop), order, expiresAt };
}
