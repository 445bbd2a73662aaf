import { paginateListParts } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";

export type StoredPart = { partNumber: number; sizeBytes: number; etag: string };

/**
 * The parts storage holds of an upload, by number.
 *
 * @throws UploadGone, StorageUnavailable
 */
export function listParts(storageKey: string, uploadId: string): Promise<StoredPart[]> {
  return answerOf(readPages(storageKey, uploadId));
}

async function readPages(storageKey: string, uploadId: string) {
  const parts: StoredPart[] = [];
  const pages = paginateListParts({ client: storage }, { Bucket: bucket, Key: storageKey, UploadId: uploadId });
  for await (const page of pages) {
    for (const { PartNumber = 0, Size = 0, ETag = "" } of page.Parts ?? []) {
      parts.push({ partNumber: PartNumber, sizeBytes: Size, etag: ETag });
    }
  }
  return parts.sort((one, other) => one.partNumber - other.partNumber);
}
