import { db, inTransaction } from "~/db.server";
import { cancelUpload } from "~/domain/asset/cancel-upload.server";
import { listUnfinishedUploads } from "~/domain/asset/list-unfinished-uploads.server";
import { enqueue } from "~/jobs/enqueue.server";

const KEYS_PER_JOB = 500;

/**
 * Forgets a shop that has left: every row and, by jobs, every object.
 *
 * Shopify asks for this 48 hours after the uninstall; a shop that is back by then keeps what it has.
 *
 * @throws when storage cannot be told to drop a half-done upload; nothing is deleted then, and the call
 *   may be repeated.
 */
export async function redactShop(shopId: string, now: Date): Promise<void> {
  const shop = await db.shop.findUniqueOrThrow({ where: { id: shopId } });
  if (!shop.uninstalledAt) {
    await db.complianceRequest.updateMany({
      where: { shopId, topic: "shop/redact", completedAt: null },
      data: { completedAt: now },
    });
    return;
  }
  await cancelUploads(shopId);
  await deleteEverything(shopId, shop.domain);
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

function deleteEverything(shopId: string, domain: string): Promise<void> {
  return inTransaction(async (tx) => {
    const versions = await tx.assetVersion.findMany({ where: { shopId }, select: { storageKey: true } });
    const imports = await tx.keyImport.findMany({ where: { shopId }, select: { storageKey: true, reportKey: true } });
    const objects = [
      ...versions.map((version) => version.storageKey),
      ...imports.flatMap(({ storageKey, reportKey }) => [storageKey, reportKey].filter((key) => key !== null)),
    ];
    for (let start = 0; start < objects.length; start += KEYS_PER_JOB) {
      const storageKeys = objects.slice(start, start + KEYS_PER_JOB);
      await enqueue(tx, "delete_objects", { storageKeys });
    }
    await tx.order.deleteMany({ where: { shopId } }); // takes lines, grants and downloads along
    await tx.attachment.deleteMany({ where: { shopId } });
    await tx.rejectedWebhook.deleteMany({ where: { shopDomain: domain } });
    await tx.session.deleteMany({ where: { shop: domain } });
    await tx.shop.delete({ where: { id: shopId } });
  });
}
