import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { bucket, storage } from "./client.server";

/**
 * A URL by which a browser puts one object of exactly this length, in one go.
 *
 * Pure computing: storage is not asked.
 */
export function signUpload(upload: { storageKey: string; sizeBytes: number; ttlSeconds: number }): Promise<string> {
  const { storageKey, sizeBytes, ttlSeconds } = upload;
  const command = new PutObjectCommand({ Bucket: bucket, Key: storageKey, ContentLength: sizeBytes });
  return getSignedUrl(storage, command, { expiresIn: ttlSeconds });
}
