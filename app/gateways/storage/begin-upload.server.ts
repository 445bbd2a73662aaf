import { CreateMultipartUploadCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";

/**
 * Begins an upload in parts.
 *
 * @returns S3's id of it.
 * @throws StorageUnavailable
 */
export async function beginUpload(storageKey: string, contentType: string): Promise<string> {
  const { UploadId } = await answerOf(
    storage.send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: storageKey,
        ContentType: contentType,
      }),
    ),
  );
  if (!UploadId) throw new Error("Storage began an upload without an id");
  return UploadId;
}
