import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { create as contentDisposition } from "content-disposition";
import { asciiName, deliveredName } from "~/domain/asset/delivered-name";
import { bucket, storage } from "./client.server";

export type DownloadToSign = {
  storageKey: string;
  /** As the merchant's file was called; the customer gets it under a sane form of it. */
  fileName: string;
  contentType: string;
  /** How long the URL lives; a download that has begun may take longer. */
  ttlSeconds?: number;
};

/**
 * A URL by which anyone can fetch this file, as an attachment, for a short time.
 *
 * Pure computing, about 0.2 ms: storage is not asked.
 */
export function signDownload({ storageKey, fileName, contentType, ttlSeconds = 60 }: DownloadToSign): Promise<string> {
  const name = deliveredName(fileName);
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: storageKey,
    ResponseContentType: contentType,
    ResponseContentDisposition: contentDisposition(name, { fallback: asciiName(name) }),
  });
  return getSignedUrl(storage, command, { expiresIn: ttlSeconds });
}
