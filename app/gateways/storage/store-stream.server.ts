import { UploadPartCommand } from "@aws-sdk/client-s3";
import { abortUpload } from "./abort-upload.server";
import { beginUpload } from "./begin-upload.server";
import { answerOf, bucket, storage } from "./client.server";
import { joinParts } from "./join-parts.server";
import type { StoredPart } from "./list-parts.server";
import { putObject } from "./put-object.server";

const PART_BYTES = 8 * 1024 * 1024;

/**
 * Stores text of any length as UTF-8, holding 8 MB of it at a time.
 *
 * @throws StorageUnavailable; nothing is stored then.
 */
export async function storeStream(storageKey: string, contentType: string, body: AsyncIterable<string>) {
  const parts = partsOf(body);
  const first = await parts.next();
  const second = await parts.next();
  if (second.done) return putObject(storageKey, contentType, first.value ?? new Uint8Array());

  const uploadId = await beginUpload(storageKey, contentType);
  try {
    const stored: StoredPart[] = [];
    const store = async (bytes: Uint8Array) => {
      stored.push(await storePart(storageKey, uploadId, stored.length + 1, bytes));
    };
    if (first.value) await store(first.value);
    await store(second.value);
    for await (const part of parts) await store(part);
    await joinParts(storageKey, uploadId, stored);
  } catch (error) {
    await abortUpload(storageKey, uploadId).catch(() => {}); // the first failure is the one to tell of
    throw error;
  }
}

async function storePart(
  storageKey: string,
  uploadId: string,
  partNumber: number,
  bytes: Uint8Array,
): Promise<StoredPart> {
  const command = new UploadPartCommand({
    Bucket: bucket,
    Key: storageKey,
    UploadId: uploadId,
    PartNumber: partNumber,
    Body: bytes,
  });
  const { ETag = "" } = await answerOf(storage.send(command));
  return { partNumber, sizeBytes: bytes.length, etag: ETag };
}

async function* partsOf(body: AsyncIterable<string>): AsyncGenerator<Uint8Array, undefined> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  for await (const text of body) {
    const piece = Buffer.from(text);
    pieces.push(piece);
    bytes += piece.length;
    if (bytes < PART_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(pieces);
}
