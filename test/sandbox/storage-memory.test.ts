import { createHash } from "node:crypto";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { bucket, mebibyte, openStorage, patternBytes, presign } from "./storage-setup.ts";

const sizeBytes = 256 * mebibyte;
/** What streams may hold on the way, of the sender, the storage and the reader together. */
const roomBytes = 96 * mebibyte;

test("given an object of 256 MiB, when it is sent and read, then memory stays flat and the bytes are the same", async () => {
  const { client } = await openStorage();
  const block = patternBytes(mebibyte);
  const sent = createHash("sha256");
  const received = createHash("sha256");
  const put = await presign(client, new PutObjectCommand({ Bucket: bucket, Key: "large" }));
  const get = await presign(client, new GetObjectCommand({ Bucket: bucket, Key: "large" }));
  const watch = watchMemory();

  const upload = httpRequest(put, { method: "PUT", headers: { "content-length": sizeBytes } });
  const status = new Promise((resolve) => upload.on("response", (response) => resolve(response.resume().statusCode)));
  await pipeline(function* () {
    for (let index = 0; index < sizeBytes / mebibyte; index += 1) {
      sent.update(block);
      yield block;
    }
  }, upload);
  expect(await status).toBe(200);
  httpRequest(get, (response) => response.pipe(received)).end();
  await once(received, "finish");

  expect(watch.grownBytes()).toBeLessThan(roomBytes);
  expect(received.digest("hex")).toBe(sent.digest("hex"));
});

/** Watches how far the process's buffers grow; they are where a body held in memory would be. */
function watchMemory() {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 5);
  return {
    grownBytes() {
      clearInterval(timer);
      return most - before;
    },
  };
}
