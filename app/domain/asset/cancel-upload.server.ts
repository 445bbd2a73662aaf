import { inTransaction } from "~/db.server";
import { abortUpload } from "~/gateways/storage/abort-upload.server";
import { StorageUnavailable } from "~/gateways/storage/storage-unavailable";
import { enqueue } from "~/jobs/enqueue.server";
import { findVersion } from "./find-version.server";
import { lockAsset } from "./lock-asset.server";

export type CancelUploadRefusal = "unknown_upload" | "already_complete" | "storage_unavailable";

export type CancelUploadResult = { kind: "cancelled" } | { kind: "refused"; reason: CancelUploadRefusal };

/**
 * Ends an unfinished upload and frees what storage holds of it. An asset that never had another version goes too.
 *
 * @returns `storage_unavailable` when storage could not be told: the upload still stands and may be cancelled again.
 */
export async function cancelUpload(input: { shopId: string; versionId: string }): Promise<CancelUploadResult> {
  const version = await findVersion(input.shopId, input.versionId);
  if (!version) return refused("unknown_upload");
  if (version.state === "ready") return refused("already_complete");

  const { id, shopId, assetId, storageKey, uploadId } = version;
  try {
    if (uploadId) await abortUpload(storageKey, uploadId);
  } catch (error) {
    if (error instanceof StorageUnavailable) return refused("storage_unavailable");
    throw error;
  }

  return inTransaction(async (tx) => {
    await lockAsset(tx, shopId, assetId);
    const { count } = await tx.assetVersion.deleteMany({
      where: { id, shopId, state: "uploading" },
    });
    if (count === 0) return refused("already_complete");

    // An upload completed at this very moment left an object that no row tells of.
    await enqueue(tx, "delete_objects", { storageKeys: [storageKey] });
    await tx.asset.deleteMany({
      where: {
        id: assetId,
        shopId,
        kind: "file",
        versions: { none: {} },
        attachments: { none: {} },
      },
    });
    return { kind: "cancelled" };
  });
}

function refused(reason: CancelUploadRefusal) {
  return { kind: "refused", reason } as const;
}
