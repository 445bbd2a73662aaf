import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { bucket, storage } from "./client.server";

/** Where signed URLs point, for a page's own policy of what it may load: https://bucket.s3.amazonaws.com */
export async function storageOrigin(): Promise<string> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: "any" });
  return new URL(await getSignedUrl(storage, command, { expiresIn: 1 })).origin;
}
