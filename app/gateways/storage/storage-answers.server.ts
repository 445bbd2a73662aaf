import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { bucket, storage } from "./client.server";

const PATIENCE_MS = 2_000;

/** Whether storage answers and lets us into our bucket, within 2 s. */
export async function storageAnswers(): Promise<boolean> {
  try {
    const abortSignal = AbortSignal.timeout(PATIENCE_MS);
    await storage.send(new HeadBucketCommand({ Bucket: bucket }), {
      abortSignal,
    });
    return true;
  } catch {
    return false;
  }
}
