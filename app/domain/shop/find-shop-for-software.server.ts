import { db } from "~/db.server";
import { remember } from "~/remember";

const REMEMBERED_MS = 60_000;

/** What a licensing call needs of a shop, as it was within the last minute. */
export type SoftwareShop = { id: string; domain: string; graceDays: number };

const remembered = remember<SoftwareShop | null>({ ttlMs: REMEMBERED_MS }, async (domain) => {
  const select = { id: true, domain: true, graceDays: true, uninstalledAt: true } as const;
  const shop = await db.shop.findUnique({ where: { domain }, select });
  return shop && !shop.uninstalledAt ? { id: shop.id, domain: shop.domain, graceDays: shop.graceDays } : null;
});

/** @returns null when no shop of that domain uses the app. */
export async function findShopForSoftware(domain: string): Promise<SoftwareShop | null> {
  const shop = await remembered(domain);
  if (!shop) remembered.forget(domain); // one that installs the app now is known at once
  return shop;
}
