import { inTransaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

const KEYS_PER_JOB = 500;

/**
 * Forgets a shop that has left: every row and, by jobs, every object.
 *
 * Shopify asks for this 48 hours after the uninstall; a shop that is back by then keeps what it has.
 */
export function redactShop(shopId: string, now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    if (!shop.uninstalledAt) {
      await tx.complianceRequest.updateMany({
        where: { shopId, topic: "shop/redact", completedAt: null },
        data: { completedAt: now },
      });
      return;
    }
    const versions = await tx.assetVersion.findMany({ where: { shopId }, select: { storageKey: true } });
    for (let start = 0; start < versions.length; start += KEYS_PER_JOB) {
      const storageKeys = versions.slice(start, start + KEYS_PER_JOB).map((version) => version.storageKey);
      await enqueue(tx, "delete_objects", { storageKeys });
    }
    await tx.order.deleteMany({ where: { shopId } }); // takes lines, grants and downloads along
    await tx.attachment.deleteMany({ where: { shopId } });
    await tx.rejectedWebhook.deleteMany({ where: { shopDomain: shop.domain } });
    await tx.session.deleteMany({ where: { shop: shop.domain } });
    await tx.shop.delete({ where: { id: shopId } });
  });
}
