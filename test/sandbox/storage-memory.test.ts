import { createHash } from "node:crypto";
import { get, request as httpRequest, type IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { bucket, mebibyte, openStorage, patternBytes, presign } from "./storage-setup.ts";

const blocks = 256;
const blocksPerLook = 32;
/** What streams may hold on the way, of the sender, the storage and the reader together. */
const roomBytes = 96 * mebibyte;

test("given an object of 256 MiB, when it is sent and read, then memory stays flat and the bytes are the same", async () => {
  const { client } = await openStorage();
  const block = patternBytes(mebibyte);
  const [sent, received] = [createHash("sha256"), createHash("sha256")];
  const putUrl = await presign(client, new PutObjectCommand({ Bucket: bucket, Key: "large" }));
  const getUrl = await presign(client, new GetObjectCommand({ Bucket: bucket, Key: "large" }));
  const heldBytes = openScales();
  const held: number[] = [];

  const upload = httpRequest(putUrl, { method: "PUT", headers: { "content-length": blocks * mebibyte } });
  const status = new Promise((resolve) => upload.on("response", (response) => resolve(response.resume().statusCode)));
  await pipeline(function* () {
    for (let index = 0; index < blocks; index += 1) {
      if (index % blocksPerLook === 0) held.push(heldBytes());
      sent.update(block);
      yield block;
    }
  }, upload);
  expect(await status).toBe(200);

  const download = await new Promise<IncomingMessage>((resolve) => get(getUrl, resolve));
  let readBytes = 0;
  for await (const chunk of download as AsyncIterable<Buffer>) {
    received.update(chunk);
    readBytes += chunk.length;
    if (readBytes >= (held.length - blocks / blocksPerLook + 1) * blocksPerLook * mebibyte) held.push(heldBytes());
  }

  expect(held.length).toBe((2 * blocks) / blocksPerLook);
  expect(Math.max(...held)).toBeLessThan(roomBytes);
  expect(received.digest("hex")).toBe(sent.digest("hex"));
});

/** Weighs the process's buffers, where a body held in memory would be, without those that are garbage. */
function openScales(): () => number {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const weigh = () => {
    // Buffers found to be garbage are freed beside the running program: the second call waits for the first.
    collectGarbage();
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const before = weigh();
  return () => weigh() - before;
}
