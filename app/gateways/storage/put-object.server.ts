import { PutObjectCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";

/**
 * Stores something small in one go.
 *
 * @throws StorageUnavailable
 */
export async function putObject(storageKey: string, contentType: string, bytes: Uint8Array) {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: storageKey,
    ContentType: contentType,
    Body: bytes,
  });
  await answerOf(storage.send(command));
}
