import { CompleteMultipartUploadCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";
import type { StoredPart } from "./list-parts.server";

const JOIN_TIMEOUT_MS = 60_000;

/**
 * Makes one object of an upload's parts. Storage may take its time over thousands of them.
 *
 * @param parts  by number, from 1 and without a gap
 * @throws UploadGone, StorageUnavailable
 */
export async function joinParts(storageKey: string, uploadId: string, parts: StoredPart[]) {
  const command = new CompleteMultipartUploadCommand({
    Bucket: bucket,
    Key: storageKey,
    UploadId: uploadId,
    MultipartUpload: {
      Parts: parts.map(({ partNumber, etag }) => ({
        PartNumber: partNumber,
        ETag: etag,
      })),
    },
  });
  await answerOf(storage.send(command, { requestTimeout: JOIN_TIMEOUT_MS }));
}
