import { shopNameOf } from "~/domain/delivery/sender";
import type { PageShop } from "./page";

type ShopColumns = Omit<PageShop, "name"> & { name: string | null; senderName: string | null };

export function pageShopOf(shop: ShopColumns): PageShop {
  const { domain, supportAddress, logoUrl, brandColor } = shop;
  return { domain, name: shopNameOf(shop), supportAddress, logoUrl, brandColor };
}
