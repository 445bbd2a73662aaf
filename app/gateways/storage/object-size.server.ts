import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, isCalled, storage } from "./client.server";

/**
 * How many bytes an object has; null when there is none.
 *
 * @throws StorageUnavailable
 */
export async function objectSize(storageKey: string): Promise<number | null> {
  const head = storage.send(new HeadObjectCommand({ Bucket: bucket, Key: storageKey })).catch((error: unknown) => {
    if (isCalled(error, 404)) return null;
    throw error;
  });
  const answer = await answerOf(head);
  return answer?.ContentLength ?? null;
}
