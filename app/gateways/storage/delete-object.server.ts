import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, storage } from "./client.server";

/**
 * Removes an object. One that is not there is as good.
 *
 * @throws StorageUnavailable
 */
export async function deleteObject(storageKey: string) {
  await answerOf(storage.send(new DeleteObjectCommand({ Bucket: bucket, Key: storageKey })));
}
