import { UploadPartCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { bucket, storage } from "./client.server";

export type PartToSign = {
  storageKey: string;
  uploadId: string;
  /** From 1. */
  partNumber: number;
  sizeBytes: number;
  /** Of the part's bytes, base64. */
  md5: string;
  ttlSeconds: number;
};

/**
 * A URL by which a browser puts this part and no other: its number, its length and its MD5 are signed.
 *
 * Pure computing: storage is not asked.
 *
 * @returns the URL and the headers that must be sent with it.
 */
export async function signPart({ storageKey, uploadId, partNumber, sizeBytes, md5, ttlSeconds }: PartToSign) {
  const command = new UploadPartCommand({
    Bucket: bucket,
    Key: storageKey,
    UploadId: uploadId,
    PartNumber: partNumber,
    ContentLength: sizeBytes,
    ContentMD5: md5,
  });

  return {
    url: await getSignedUrl(storage, command, { expiresIn: ttlSeconds }),
    headers: { "Content-MD5": md5 },
  };
}
