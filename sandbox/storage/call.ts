import type { ObjectShelf } from "./object-shelf.ts";
import type { S3Request } from "./s3-request.ts";
import type { Authentication } from "./signature.ts";
import type { Turnstile } from "./turnstile.ts";
import type { UploadShelf } from "./upload-shelf.ts";

/** One authenticated request and what it may act on. */
export type Call = {
  request: S3Request;
  authentication: Authentication;
  bucket: string;
  region: string;
  objects: ObjectShelf;
  uploads: UploadShelf;
  /** Every change of what is stored passes here. */
  changes: Turnstile;
  /** Tells a sender that waits for it (`Expect: 100-continue`) to send the body. */
  start: () => void;
};

export type Answer = {
  status: number;
  headers?: Record<string, string | number>;
  xml?: string;
  /** Takes the place of `xml`; the header `content-length` says how long it is. */
  stream?: { chunks: AsyncIterable<Buffer>; release(): Promise<void> };
};

export const noContent: Answer = { status: 204 };

export function xmlAnswer(xml: string): Answer {
  return { status: 200, xml };
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}
