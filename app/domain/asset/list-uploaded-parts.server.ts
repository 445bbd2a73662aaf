import { listParts, type StoredPart } from "~/gateways/storage/list-parts.server";
import { StorageUnavailable, UploadGone } from "~/gateways/storage/storage-unavailable";
import { findVersion } from "./find-version.server";

export type ListUploadedPartsRefusal = "unknown_upload" | "already_complete" | "upload_gone" | "storage_unavailable";

export type ListUploadedPartsResult =
  { kind: "listed"; parts: StoredPart[] } | { kind: "refused"; reason: ListUploadedPartsRefusal };

/**
 * The parts of an unfinished upload that storage already holds, by number: where to go on from.
 *
 * @returns `upload_gone` when storage forgot the upload, say by a rule of its bucket: it can only be cancelled.
 */
export async function listUploadedParts(input: {
  shopId: string;
  versionId: string;
}): Promise<ListUploadedPartsResult> {
  const version = await findVersion(input.shopId, input.versionId);
  if (!version) return refused("unknown_upload");
  if (version.state === "ready") return refused("already_complete");
  if (!version.uploadId) return { kind: "listed", parts: [] };

  try {
    return {
      kind: "listed",
      parts: await listParts(version.storageKey, version.uploadId),
    };
  } catch (error) {
    if (error instanceof UploadGone) return refused("upload_gone");
    if (error instanceof StorageUnavailable) return refused("storage_unavailable");
    throw error;
  }
}

function refused(reason: ListUploadedPartsRefusal) {
  return { kind: "refused", reason } as const;
}
