import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { env } from "~/env.server";
import { StorageUnavailable, UploadGone } from "./storage-unavailable";

export const bucket = env.S3_BUCKET;

// Checksums only where S3 demands them: R2, Garage and older MinIO refuse the SDK's default CRC32.
export const storage = new S3Client({
  region: env.S3_REGION,
  endpoint: env.S3_ENDPOINT,
  forcePathStyle: env.S3_FORCE_PATH_STYLE,
  credentials: {
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  },
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  },
});

/**
 * Waits for storage and says in our words what went wrong.
 *
 * @throws UploadGone, or StorageUnavailable for everything else; `cause` is the SDK's error.
 */
export async function answerOf<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (isCalled(error, "NoSuchUpload")) throw new UploadGone("Storage knows no such upload", { cause: error });
    throw new StorageUnavailable(`Storage did not answer: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Whether this is storage's answer of that code or HTTP status. */
export function isCalled(error: unknown, codeOrStatus: string | number) {
  if (!(error instanceof S3ServiceException)) return false;
  return error.name === codeOrStatus || error.$metadata.httpStatusCode === codeOrStatus;
}
