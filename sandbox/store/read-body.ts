import type { IncomingMessage } from "node:http";

/** @returns the whole body as text; null when it is longer than `limitBytes` */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    sizeBytes += part.byteLength;
    if (sizeBytes <= limitBytes) parts.push(part);
  }
  return sizeBytes > limitBytes ? null : Buffer.concat(parts).toString("utf8");
}
