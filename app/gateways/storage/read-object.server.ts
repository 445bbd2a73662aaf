import { GetObjectCommand } from "@aws-sdk/client-s3";
import { answerOf, bucket, isCalled, storage } from "./client.server";
import { StorageUnavailable } from "./storage-unavailable";

const PATIENCE_MS = 30_000;

/**
 * An object's bytes as they arrive, from its beginning; null when there is none.
 *
 * @param firstBytes  no more than so many
 * @throws StorageUnavailable, also while it is read: when it breaks off, or nothing comes for 30 s.
 */
export async function readObject(storageKey: string, firstBytes?: number): Promise<AsyncGenerator<Uint8Array> | null> {
  const Range = firstBytes === undefined ? undefined : `bytes=0-${firstBytes - 1}`;
  const got = storage.send(new GetObjectCommand({ Bucket: bucket, Key: storageKey, Range })).catch((error: unknown) => {
    if (isCalled(error, 404)) return null;
    if (isCalled(error, 416)) return "empty" as const; // an empty object has no first byte
    throw error;
  });
  const answer = await answerOf(got);
  if (answer === null) return null;
  return answer === "empty" ? nothing() : patiently(answer.Body as AsyncIterable<Uint8Array>, answer.ContentLength);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* patiently(body: AsyncIterable<Uint8Array>, lengthBytes = 0): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  let bytes = 0;
  try {
    for (;;) {
      const next = await inTime(chunks.next());
      if (next.done) break;
      bytes += next.value.length;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
  if (bytes < lengthBytes) throw new StorageUnavailable(`Storage broke off after ${bytes} of ${lengthBytes} bytes`);
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`nothing came for ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  try {
    return await answerOf(Promise.race([answer, late]));
  } finally {
    clearTimeout(timer);
  }
}
