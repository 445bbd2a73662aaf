import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  S3Client,
  type S3ClientConfig,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { onTestFinished } from "vitest";
import type { StorageFaults } from "../../sandbox/storage/faults.ts";
import { startStorage } from "../../sandbox/storage/storage.ts";

export const bucket = "featherpost";
export const region = "us-east-1";
export const credentials = { accessKeyId: "SANDBOXKEY", secretAccessKey: "sandbox-secret" };
export const mebibyte = 1024 * 1024;

/** A storage of the test's own, and the SDK's client for it; both end with the test. */
export async function openStorage(options: { dir?: string; faults?: () => StorageFaults } = {}) {
  const dir = options.dir ?? (await openFolder());
  const storage = await startStorage({
    port: 0,
    dir,
    bucket,
    region,
    ...credentials,
    faults: options.faults ?? (() => ({})),
  });
  const client = openClient(storage.url);
  onTestFinished(() => storage.stop());

  return { storage, client, dir, url: storage.url };
}

async function openFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "featherpost-storage-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export function openClient(endpoint: string, settings: Partial<S3ClientConfig> = {}): S3Client {
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...settings,
  });
  onTestFinished(() => client.destroy());
  return client;
}

export const presign: typeof getSignedUrl = (client, command, options = {}) =>
  getSignedUrl(client, command, { expiresIn: 60, ...options });

type Reply = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

/** Sends a request as it is written: no path is tidied, no header added but Host. */
export function sendRaw(
  address: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Reply> {
  const { hostname, port, path } =
    /^http:\/\/(?<hostname>[^:/]+):(?<port>\d+)(?<path>\/.*)$/.exec(address)?.groups ?? {};
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method: options.method ?? "GET", headers: options.headers });
    request.on("error", reject);
    request.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    request.end(options.body);
  });
}

/** The code in an S3 error document. */
export function codeIn(xml: string | Uint8Array): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(Buffer.from(xml).toString("utf8"))?.[1];
}

/** What is thrown by a call of the SDK that must fail, as its code and status. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { code: name, status: $metadata?.httpStatusCode };
  }
  throw new Error("The call was not refused");
}

/** Bytes that differ from place to place, so that a wrong range shows. */
export function patternBytes(sizeBytes: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  let state = seed >>> 0;
  for (let index = 0; index + 4 <= sizeBytes; index += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, index);
  }
  return bytes;
}

/** Uploads parts one after the other and completes them; answers the completion. */
export async function uploadInParts(client: S3Client, key: string, parts: Uint8Array[]) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key }));
  const Parts = [];
  for (const [index, Body] of parts.entries()) {
    const part = { Bucket: bucket, Key: key, UploadId, PartNumber: index + 1, Body };
    const { ETag } = await client.send(new UploadPartCommand(part));
    Parts.push({ PartNumber: index + 1, ETag });
  }
  return client.send(
    new CompleteMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId, MultipartUpload: { Parts } }),
  );
}
