import { createHash, createHmac } from "node:crypto";
import { headerOf, type S3Request } from "./s3-request.ts";

export type Scope = { accessKeyId: string; date: string; region: string; service: string };

/** RFC 3986: everything but letters, digits and `-._~`. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The canonical request of Signature Version 4, S3's flavor: the path is encoded once and not normalized.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function canonicalRequest(request: S3Request, signedHeaders: string[], payloadHash: string): string {
  const query = request.query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`);
  const headers = signedHeaders.map((name) => `${name}:${trimmed(headerOf(request, name) ?? "")}\n`);

  return [
    request.method,
    request.path.split("/").map(uriEncode).join("/"),
    query.join("&"),
    headers.join(""),
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

/** @param timestamp  `YYYYMMDDTHHMMSSZ` */
export function stringToSign(timestamp: string, scope: Scope, canonical: string): string {
  return ["AWS4-HMAC-SHA256", timestamp, scopeText(scope), sha256Hex(canonical)].join("\n");
}

export function scopeText(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

export function signingKey(secretAccessKey: string, scope: Scope): Buffer {
  const parts = [scope.date, scope.region, scope.service, "aws4_request"];
  return parts.reduce(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

export function sign(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function trimmed(value: string): string {
  return value.trim().replace(/ +/g, " ");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
