import type { AssetVersion } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { joinParts } from "~/gateways/storage/join-parts.server";
import { listParts, type StoredPart } from "~/gateways/storage/list-parts.server";
import { objectSize } from "~/gateways/storage/object-size.server";
import { putObject } from "~/gateways/storage/put-object.server";
import { StorageUnavailable, UploadGone } from "~/gateways/storage/storage-unavailable";
import { enqueue } from "~/jobs/enqueue.server";
import { findVersion } from "./find-version.server";
import { lockAsset } from "./lock-asset.server";
import { partCountOf, sizeOfPart } from "./part-size";

const ANNOUNCED_AFTER_MS = 10 * 60_000;

export type CompleteUploadInput = {
  shopId: string;
  versionId: string;
  /** Of the whole file, lower-case hex, as the browser computed it. */
  sha256: string;
  actor?: AuditActor;
  now: Date;
};

export type CompleteUploadRefusal =
  "unknown_upload" | "bad_sha256" | "parts_missing" | "upload_gone" | "storage_unavailable";

export type CompleteUploadResult =
  | { kind: "completed"; assetId: string; versionId: string; sha256: string }
  | { kind: "refused"; reason: CompleteUploadRefusal };

/**
 * Makes an upload a version that customers get, once storage holds every byte of it.
 *
 * The parts are counted in storage, never taken from the caller. It becomes the asset's current version unless
 * a newer one already is. Safe to repeat, also at once, and after a crash half way: the answer is the same.
 *
 * @returns `parts_missing` when a part is not there or not of its size; the upload may go on. `upload_gone`
 *   when storage forgot it: it can only be cancelled.
 */
export async function completeUpload(input: CompleteUploadInput): Promise<CompleteUploadResult> {
  const version = await findVersion(input.shopId, input.versionId);
  if (!version) return refused("unknown_upload");
  if (version.state === "ready") return completed(version, version.sha256 ?? input.sha256);
  if (!/^[0-9a-f]{64}$/.test(input.sha256)) return refused("bad_sha256");

  const reason = await gather(version);
  if (reason) return refused(reason);

  return inTransaction((tx) => makeCurrent(tx, version, input));
}

/** Makes the parts one object; null when it lies in storage, whole. */
async function gather(version: AssetVersion): Promise<CompleteUploadRefusal | null> {
  const { storageKey, contentType } = version;
  const sizeBytes = Number(version.sizeBytes);
  try {
    if (version.uploadId) {
      const missing = await join(version, version.uploadId);
      if (missing) return missing;
    } else {
      await putObject(storageKey, contentType, new Uint8Array());
    }
    return (await objectSize(storageKey)) === sizeBytes ? null : "upload_gone";
  } catch (error) {
    if (error instanceof StorageUnavailable) return "storage_unavailable";
    throw error;
  }
}

async function join(version: AssetVersion, uploadId: string): Promise<"parts_missing" | null> {
  try {
    const parts = await listParts(version.storageKey, uploadId);
    if (!isWhole(parts, version)) return "parts_missing";
    await joinParts(version.storageKey, uploadId, parts);
  } catch (error) {
    // Someone joined it a moment ago, perhaps we did and were cut off: what the object's size tells.
    if (!(error instanceof UploadGone)) throw error;
  }
  return null;
}

function isWhole(parts: StoredPart[], { sizeBytes, partSizeBytes }: AssetVersion) {
  const size = Number(sizeBytes);
  if (parts.length !== partCountOf(size, partSizeBytes)) return false;

  return parts.every(
    (part, index) => part.partNumber === index + 1 && part.sizeBytes === sizeOfPart(index + 1, size, partSizeBytes),
  );
}

async function makeCurrent(tx: Tx, version: AssetVersion, input: CompleteUploadInput): Promise<CompleteUploadResult> {
  const { id, shopId, assetId, storageKey, number, sizeBytes, fileName } = version;
  const { sha256, actor = "worker", now } = input;
  const asset = await lockAsset(tx, shopId, assetId);
  const { count } = await tx.assetVersion.updateMany({
    where: { id, shopId, state: "uploading" },
    data: { state: "ready", uploadId: null, sha256, readyAt: now },
  });
  if (count === 0) {
    const other = await tx.assetVersion.findFirst({ where: { id, shopId } });
    if (other) return completed(other, other.sha256 ?? sha256);
    await enqueue(tx, "delete_objects", { storageKeys: [storageKey] }); // cancelled while we joined it
    return refused("unknown_upload");
  }

  const newer = await tx.assetVersion.count({
    where: { assetId, state: "ready", number: { gt: number } },
  });
  if (newer === 0)
    await tx.asset.update({
      where: { id: assetId },
      data: { currentVersionId: id, sizeBytes },
    });

  if (number > 1) await announceSoon(tx, id, now);

  const data = {
    assetId,
    versionId: id,
    asset: asset?.title ?? fileName,
    number,
  };
  await recordAudit(tx, { shopId, actor, action: "asset_uploaded", data });
  return completed(version, sha256);
}

/** Buyers hear of it a little later: a wrong file can still be replaced, and they hear of that one only. */
async function announceSoon(tx: Tx, versionId: string, now: Date) {
  const runAt = new Date(now.getTime() + ANNOUNCED_AFTER_MS);
  await enqueue(tx, "announce_version", { versionId }, `announce_version:${versionId}`, runAt);
}

function completed({ assetId, id }: AssetVersion, sha256: string) {
  return { kind: "completed", assetId, versionId: id, sha256 } as const;
}

function refused(reason: CompleteUploadRefusal) {
  return { kind: "refused", reason } as const;
}
