import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { create as contentDisposition } from "content-disposition";
import { asciiName, deliveredName } from "~/domain/asset/delivered-name";
import { bucket, storage } from "./client.server";
import type { DownloadToSign } from "./sign-download.server";

/**
 * A URL by which anyone can play this file in a page, whole or by ranges, for a short time.
 *
 * What has begun goes on after that; a new range needs a new URL. Storage is not asked.
 */
export function signStream({
  storageKey,
  fileName,
  contentType,
  ttlSeconds,
}: Required<DownloadToSign>): Promise<string> {
  const name = deliveredName(fileName);
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: storageKey,
    ResponseContentType: contentType,
    ResponseContentDisposition: contentDisposition(name, { type: "inline", fallback: asciiName(name) }),
  });
  return getSignedUrl(storage, command, { expiresIn: ttlSeconds });
}
