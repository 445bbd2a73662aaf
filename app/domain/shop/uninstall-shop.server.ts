import { inTransaction } from "~/db.server";

/**
 * Ends all calls to a shop; what it has is kept until Shopify says `shop/redact`.
 *
 * Told late, or twice, of a shop that has been back since, it changes nothing.
 *
 * @param leftAt  when the shop left, by Shopify's clock; null: not known
 */
export function uninstallShop(domain: string, now: Date, leftAt: Date | null = null): Promise<void> {
  return inTransaction(async (tx) => {
    const { count } = await tx.shop.updateMany({
      where: { domain, uninstalledAt: null, ...(leftAt && { installedAt: { lte: leftAt } }) },
      data: { uninstalledAt: now },
    });
    if (count > 0) await tx.session.deleteMany({ where: { shop: domain } });
  });
}
