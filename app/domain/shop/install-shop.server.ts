import { inTransaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

/**
 * Makes the shop known, or known again after an uninstall: what it had is found as it was. Called each time that
 * Shopify lets the app in, which tells a late word of an uninstall before that from a new one.
 */
export async function installShop(domain: string, now: Date) {
  await inTransaction(async (tx) => {
    const made = await tx.shop.createMany({ data: [{ domain, installedAt: now }], skipDuplicates: true });
    const returned = await tx.shop.updateMany({
      where: { domain, uninstalledAt: { not: null } },
      data: { uninstalledAt: null },
    });
    await tx.shop.updateMany({ where: { domain, installedAt: { lt: now } }, data: { installedAt: now } });
    if (made.count + returned.count === 0) return;

    const { id: shopId } = await tx.shop.findUniqueOrThrow({ where: { domain } });
    await enqueue(tx, "refresh_shop", { shopId }, `refresh_shop:${shopId}`);
  });
}
