import { v7 as uuidV7, validate as isUuid } from "uuid";
import { db, inTransaction, type Tx } from "~/db.server";
import { beginUpload } from "~/gateways/storage/begin-upload.server";
import { storageKeyOf } from "~/gateways/storage/storage-key";
import { StorageUnavailable } from "~/gateways/storage/storage-unavailable";
import { titleOfFile } from "./asset-title";
import { lockAsset } from "./lock-asset.server";
import { LARGEST_FILE_BYTES, partSizeOf } from "./part-size";

export type CreateUploadInput = {
  shopId: string;
  /** The asset that gets a new version; without it the file becomes a new asset. */
  assetId?: string;
  /** 1–1024 characters, kept exactly. */
  fileName: string;
  /** As the browser says; what is not a media type is stored as application/octet-stream. */
  contentType: string;
  /** 0 to 5 TB. */
  sizeBytes: number;
  /** Milliseconds since 1970, as the browser's File says. */
  lastModified?: number;
};

export type CreateUploadRefusal = "unknown_asset" | "bad_name" | "bad_size" | "too_large" | "storage_unavailable";

export type CreateUploadResult =
  | {
      kind: "created";
      assetId: string;
      versionId: string;
      partSizeBytes: number;
    }
  | { kind: "refused"; reason: CreateUploadRefusal };

const LONGEST_NAME = 1024;
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/**
 * Begins the upload of a file, as a new asset or as a new version of one.
 *
 * Nothing is given to anyone before `completeUpload`. An empty file has no parts: it is completed at once.
 *
 * @returns `unknown_asset` also for an external link, which has no versions. After `storage_unavailable`
 *   nothing is left behind.
 */
export async function createUpload(input: CreateUploadInput): Promise<CreateUploadResult> {
  const reason = misshapen(input) ?? (await misplaced(input));
  if (reason) return refused(reason);

  const versionId = uuidV7();
  const assetId = input.assetId ?? uuidV7();
  const storageKey = storageKeyOf({ shopId: input.shopId, assetId, versionId });
  const contentType = MEDIA_TYPE.test(input.contentType) ? input.contentType : "application/octet-stream";

  // Storage first: an upload that no row knows has no parts and costs nothing; a row without one would be stuck.
  const begun = await begin(storageKey, contentType, input.sizeBytes);
  if (!begun) return refused("storage_unavailable");

  return inTransaction((tx) => store(tx, input, { assetId, versionId, storageKey, contentType, ...begun }));
}

type Begun = {
  assetId: string;
  versionId: string;
  storageKey: string;
  contentType: string;
  uploadId: string | null;
};

async function store(tx: Tx, input: CreateUploadInput, begun: Begun): Promise<CreateUploadResult> {
  const { shopId, fileName, sizeBytes, lastModified } = input;
  const { assetId, versionId } = begun;
  const partSizeBytes = partSizeOf(sizeBytes);

  if (!input.assetId) {
    await tx.asset.create({
      data: { id: assetId, shopId, kind: "file", title: titleOfFile(fileName) },
    });
  }
  const number = await nextNumber(tx, shopId, assetId);
  if (number === null) return refused("unknown_asset");

  const { uploadId, storageKey, contentType } = begun;
  const file = {
    fileName,
    contentType,
    sizeBytes,
    partSizeBytes,
    lastModified,
  };
  await tx.assetVersion.create({
    data: {
      id: versionId,
      shopId,
      assetId,
      number,
      storageKey,
      uploadId,
      ...file,
    },
  });
  return { kind: "created", assetId, versionId, partSizeBytes };
}

/** Locks the asset, so that two uploads at once get two numbers. */
async function nextNumber(tx: Tx, shopId: string, assetId: string): Promise<number | null> {
  const asset = await lockAsset(tx, shopId, assetId);
  if (!asset) return null;

  const { _max: most } = await tx.assetVersion.aggregate({
    where: { assetId },
    _max: { number: true },
  });
  return (most.number ?? 0) + 1;
}

async function begin(storageKey: string, contentType: string, sizeBytes: number) {
  if (sizeBytes === 0) return { uploadId: null };
  try {
    return { uploadId: await beginUpload(storageKey, contentType) };
  } catch (error) {
    if (error instanceof StorageUnavailable) return null;
    throw error;
  }
}

function misshapen({ fileName, sizeBytes, lastModified = 0 }: CreateUploadInput): CreateUploadRefusal | null {
  // PostgreSQL's text has no place for U+0000, and no file system allows it.
  if (fileName.length === 0 || fileName.length > LONGEST_NAME || fileName.includes("\0")) return "bad_name";
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || !Number.isSafeInteger(lastModified)) return "bad_size";
  return sizeBytes > LARGEST_FILE_BYTES ? "too_large" : null;
}

async function misplaced({ shopId, assetId }: CreateUploadInput): Promise<CreateUploadRefusal | null> {
  if (assetId === undefined) return null;
  const isFile = isUuid(assetId) && (await db.asset.count({ where: { id: assetId, shopId, kind: "file" } })) > 0;
  return isFile ? null : "unknown_asset";
}

function refused(reason: CreateUploadRefusal) {
  return { kind: "refused", reason } as const;
}
