import { GetObjectCommand, HeadBucketCommand, PutObjectCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import type { StorageFaults } from "../../sandbox/storage/faults.ts";
import { bucket, codeIn, openStorage, presign, refusalOf, sendRaw } from "./storage-setup.ts";

const Bucket = bucket;
const Key = "k";
const origin = "http://127.0.0.1:4400";

describe("a page of another origin", () => {
  test.each(["GET", "PUT", "POST", "HEAD", "DELETE"])(
    "given a page, when its browser asks leave for %s with headers of its own, then it is given",
    async (method) => {
      const { url } = await openStorage();

      const reply = await sendRaw(`${url}/${bucket}/any`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": method,
          "access-control-request-headers": "content-type,x-amz-checksum-sha256",
        },
      });

      expect(reply.status).toBe(200);
      expect(reply.headers["access-control-allow-origin"]).toBe("*");
      expect(String(reply.headers["access-control-allow-methods"]).split(", ")).toContain(method);
      expect(reply.headers["access-control-allow-headers"]).toBe("content-type,x-amz-checksum-sha256");
    },
  );

  test("given a page, when it asks leave for PATCH or asks for nothing, then it is not given", async () => {
    const { url } = await openStorage();
    const headers = { origin, "access-control-request-method": "PATCH" };

    const patch = await sendRaw(`${url}/${bucket}/any`, { method: "OPTIONS", headers });
    const nothing = await sendRaw(`${url}/${bucket}/any`, { method: "OPTIONS" });

    expect([patch.status, nothing.status]).toEqual([403, 400]);
  });

  test("given a page, when it uploads and reads, then it may see ETag, size, range and checksums", async () => {
    const { client } = await openStorage();
    const put = await presign(client, new PutObjectCommand({ Bucket, Key }));
    const read = await presign(client, new GetObjectCommand({ Bucket, Key }));

    const uploaded = await sendRaw(put, { method: "PUT", headers: { origin, "content-length": "5" }, body: "hello" });
    const part = await sendRaw(read, { headers: { origin, range: "bytes=0-1" } });

    for (const reply of [uploaded, part]) {
      const exposed = String(reply.headers["access-control-expose-headers"]).toLowerCase().split(", ");
      expect(reply.headers["access-control-allow-origin"]).toBe("*");
      expect(exposed).toEqual(
        expect.arrayContaining(["etag", "content-length", "content-range", "x-amz-checksum-sha256"]),
      );
    }
  });

  test("given a page, when it is refused, then it may read why", async () => {
    const { url } = await openStorage();

    const reply = await sendRaw(`${url}/${bucket}/k`, { headers: { origin } });

    expect([reply.status, codeIn(reply.body)]).toEqual([403, "AccessDenied"]);
    expect(reply.headers["access-control-allow-origin"]).toBe("*");
  });

  test("given a caller that is no page, when it is answered, then nothing is said of origins", async () => {
    const { url } = await openStorage();

    const reply = await sendRaw(`${url}/${bucket}/k`);

    expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("a storage told to misbehave", () => {
  async function openFaulty() {
    const faults: { now: StorageFaults } = { now: {} };
    const opened = await openStorage({ faults: () => faults.now });
    await opened.client.send(new PutObjectCommand({ Bucket, Key, Body: "bytes" }));
    return { ...opened, faults };
  }

  test.each([
    [503, "ServiceUnavailable"],
    [500, "InternalError"],
    [403, "AccessDenied"],
    [418, "BadRequest"],
  ])("given the fault %i, when anything is asked, then that is answered until the fault ends", async (status, code) => {
    const { client, faults } = await openFaulty();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key }));
    faults.now = { status };

    const reply = await sendRaw(url, { headers: { origin } });
    const head = await refusalOf(client.send(new HeadBucketCommand({ Bucket })));
    faults.now = {};

    expect([reply.status, codeIn(reply.body), head.status]).toEqual([status, code, status]);
    expect(reply.headers["access-control-allow-origin"]).toBe("*");
    expect((await sendRaw(url)).body.toString()).toBe("bytes");
  });

  test("given a fault for half of the requests, when many are sent, then some fail and some do not", async () => {
    const { client, faults } = await openFaulty();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key }));
    faults.now = { status: 503, rate: 0.5 };

    const replies = await Promise.all(Array.from({ length: 64 }, () => sendRaw(url)));

    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 503]));
  });

  test("given slowness, when something is asked, then it is answered, late", async () => {
    const { client, faults } = await openFaulty();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key }));
    faults.now = { latencyMs: 200 };

    const startedAt = performance.now();
    const reply = await sendRaw(url);

    expect(performance.now() - startedAt).toBeGreaterThan(190);
    expect(reply.status).toBe(200);
  });

  test("given a page's preflight, when faults are on, then it passes, so that the page sees the status itself", async () => {
    const { url, faults } = await openFaulty();
    faults.now = { status: 503 };

    const headers = { origin, "access-control-request-method": "PUT" };
    const reply = await sendRaw(`${url}/${bucket}/any`, { method: "OPTIONS", headers });

    expect(reply.status).toBe(200);
  });

  test("given a part refused by a fault, when the sender still sends its bytes, then it hears the refusal", async () => {
    const { client, faults } = await openFaulty();
    const url = await presign(client, new UploadPartCommand({ Bucket, Key, UploadId: "u", PartNumber: 1 }));
    faults.now = { status: 503 };

    const reply = await fetch(url, { method: "PUT", body: new Uint8Array(8 * 1024 * 1024) });

    expect(reply.status).toBe(503);
  });
});
