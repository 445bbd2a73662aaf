import type { IncomingMessage } from "node:http";
import type { Answer } from "./call.ts";
import { S3Error } from "./s3-error.ts";

const allowedMethods = ["GET", "PUT", "POST", "HEAD", "DELETE"];
const exposedHeaders = [
  "ETag",
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Length",
  "Content-Range",
  "Last-Modified",
  "x-amz-checksum-crc32",
  "x-amz-checksum-crc32c",
  "x-amz-checksum-sha1",
  "x-amz-checksum-sha256",
  "x-amz-checksum-type",
  "x-amz-request-id",
].join(", ");
const preflightSeconds = 3000;

/** What a bucket open to browsers of any origin says with every answer; nothing to callers that are none. */
export function corsHeaders(message: IncomingMessage): Record<string, string> {
  if (message.headers.origin === undefined) return {};
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": allowedMethods.join(", "),
    "access-control-expose-headers": exposedHeaders,
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** @throws BadRequest for an OPTIONS that is no preflight, AccessForbidden for a method not allowed */
export function answerPreflight(message: IncomingMessage): Answer {
  const method = message.headers["access-control-request-method"];
  if (message.headers.origin === undefined || method === undefined) {
    throw new S3Error(
      "BadRequest",
      "Insufficient information. Origin and Access-Control-Request-Method headers are needed.",
    );
  }
  if (!allowedMethods.includes(method)) throw new S3Error("AccessForbidden");
  const requested = message.headers["access-control-request-headers"];
  return {
    status: 200,
    headers: {
      ...(requested === undefined ? {} : { "access-control-allow-headers": requested }),
      "access-control-max-age": preflightSeconds,
      "content-length": 0,
    },
  };
}
