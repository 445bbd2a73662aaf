import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { enqueue } from "~/jobs/enqueue.server";
import { lockAsset } from "./lock-asset.server";

export type DeleteAssetInput = {
  shopId: string;
  assetId: string;
  actor?: AuditActor;
};

export type DeleteAssetRefusal = "unknown_asset" | "granted" | "attached" | "upload_under_way";

export type DeleteAssetResult = { kind: "deleted" } | { kind: "refused"; reason: DeleteAssetRefusal };

/**
 * Deletes an asset with all its versions; the worker then removes the bytes.
 *
 * @returns `granted` when a customer ever got it, revoked since or not: it can only be archived. `attached` while
 *   a product gives it. `upload_under_way` until that upload is finished or cancelled.
 */
export function deleteAsset({ shopId, assetId, actor = "worker" }: DeleteAssetInput): Promise<DeleteAssetResult> {
  return inTransaction(async (tx) => {
    const asset = await lockAsset(tx, shopId, assetId);
    if (!asset) return refused("unknown_asset");
    if (await tx.grant.count({ where: { assetId } })) return refused("granted");
    if (await tx.attachment.count({ where: { assetId, detachedAt: null } })) return refused("attached");

    const versions = await tx.assetVersion.findMany({
      where: { assetId },
      select: { storageKey: true, state: true },
    });
    if (versions.some((version) => version.state === "uploading")) return refused("upload_under_way");

    await tx.attachment.deleteMany({ where: { assetId } }); // detached before they gave anything
    await tx.asset.delete({ where: { id: assetId } });
    const storageKeys = versions.map((version) => version.storageKey);
    if (storageKeys.length > 0) await enqueue(tx, "delete_objects", { storageKeys });
    await recordAudit(tx, {
      shopId,
      actor,
      action: "asset_deleted",
      data: { asset: asset.title },
    });
    return { kind: "deleted" };
  });
}

function refused(reason: DeleteAssetRefusal) {
  return { kind: "refused", reason } as const;
}
