import { db, inTransaction } from "~/db.server";
import { cancelUpload } from "~/domain/asset/cancel-upload.server";
import { listUnfinishedUploads } from "~/domain/asset/list-unfinished-uploads.server";
import { deleteAllOf } from "./delete-all-of.server";

/**
 * Forgets a shop that has left: every row and, by jobs, every object.
 *
 * Shopify asks for this 48 hours after the uninstall; a shop that is back by then keeps what it has. Otherwise it
 * loses its address first: should it come back meanwhile, it is a new shop. Then its rows go in batches, so that
 * millions of them hold up nobody, and after a crash the repeated call goes on.
 *
 * @throws when storage cannot be told to drop a half-done upload; the call may be repeated.
 */
export async function redactShop(shopId: string, now: Date): Promise<void> {
  if (!(await takeAddress(shopId))) {
    await db.complianceRequest.updateMany({
      where: { shopId, topic: "shop/redact", completedAt: null },
      data: { completedAt: now },
    });
    return;
  }
  await cancelUploads(shopId);
  await deleteAllOf(shopId);
}

/** Whether the shop is gone: one that is installed keeps its address, and all it has. */
function takeAddress(shopId: string): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } });
    const { count } = await tx.shop.updateMany({
      where: { id: shopId, uninstalledAt: { not: null } },
      data: { domain: `${shopId}.erased` },
    });
    if (count === 0) return false;

    await tx.rejectedWebhook.deleteMany({ where: { shopDomain: domain } });
    await tx.session.deleteMany({ where: { shop: domain } });
    return true;
  });
}

/** Storage keeps the parts of an unfinished upload until it is told; 100 are listed at a time. */
async function cancelUploads(shopId: string) {
  for (let uploads = await listUnfinishedUploads(shopId); uploads.length > 0;) {
    for (const { versionId } of uploads) {
      const result = await cancelUpload({ shopId, versionId });
      if (result.kind === "refused" && result.reason === "storage_unavailable")
        throw new Error("Storage is unavailable");
    }
    uploads = await listUnfinishedUploads(shopId);
  }
}
