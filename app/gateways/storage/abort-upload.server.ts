import { AbortMultipartUploadCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";
import { UploadGone } from "./storage-unavailable";

/**
 * Ends an upload and frees its parts. One that is gone already is as good.
 *
 * @throws StorageUnavailable
 */
export async function abortUpload(storageKey: string, uploadId: string) {
  const command = new AbortMultipartUploadCommand({
    Bucket: bucket,
    Key: storageKey,
    UploadId: uploadId,
  });
  try {
    await answerOf(storage.send(command));
  } catch (error) {
    if (!(error instanceof UploadGone)) throw error;
  }
}
