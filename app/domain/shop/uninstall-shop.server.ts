import { inTransaction } from "~/db.server";

/** Ends all calls to a shop; what it has is kept until Shopify says `shop/redact`. */
export function uninstallShop(domain: string, now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.session.deleteMany({ where: { shop: domain } });
    await tx.shop.updateMany({ where: { domain, uninstalledAt: null }, data: { uninstalledAt: now } });
  });
}
