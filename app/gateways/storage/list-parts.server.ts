import { ListPartsCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";

export type StoredPart = { partNumber: number; sizeBytes: number; etag: string };

/**
 * The parts storage holds of an upload, by number.
 *
 * @throws UploadGone, StorageUnavailable
 */
export async function listParts(storageKey: string, uploadId: string): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  let marker: string | undefined;
  // The SDK's own paginator never ends: S3 names a next marker on the last page too.
  for (let isTruncated = true; isTruncated;) {
    const input = { Bucket: bucket, Key: storageKey, UploadId: uploadId, PartNumberMarker: marker };
    const page = await answerOf(storage.send(new ListPartsCommand(input)));
    for (const { PartNumber = 0, Size = 0, ETag = "" } of page.Parts ?? []) {
      parts.push({ partNumber: PartNumber, sizeBytes: Size, etag: ETag });
    }
    marker = page.NextPartNumberMarker;
    isTruncated = page.IsTruncated === true && marker !== undefined;
  }
  return parts.sort((one, other) => one.partNumber - other.partNumber);
}
