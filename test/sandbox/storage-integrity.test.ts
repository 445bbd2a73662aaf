import { createHash, createHmac } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  type ChecksumAlgorithm,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import {
  bucket,
  codeIn,
  credentials,
  mebibyte,
  openClient,
  openStorage,
  patternBytes,
  presign,
} from "./storage-setup.ts";
import { refusalOf, region, sendRaw } from "./storage-setup.ts";

const Bucket = bucket;
const Key = "k";
const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("base64");

describe("a checksum of an object", () => {
  test.each([
    ["ChecksumSHA256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="],
    ["ChecksumSHA1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="],
    ["ChecksumCRC32", "NhCmhg=="],
    ["ChecksumCRC32C", "mnG7TA=="],
  ])(
    "given %s, when it is right, then it is kept and told, and when it is wrong, then nothing is stored",
    async (name, value) => {
      const { client, dir } = await openStorage();
      const wrong = Buffer.from(value, "base64").fill(1).toString("base64");

      const refused = await refusalOf(client.send(new PutObjectCommand({ Bucket, Key, Body: "hello", [name]: wrong })));
      const leftBehind = [await readdir(join(dir, "incoming")), await readdir(join(dir, "blobs"))];
      const put = await client.send(new PutObjectCommand({ Bucket, Key, Body: "hello", [name]: value }));
      const head = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));

      expect(refused).toEqual({ code: "BadDigest", status: 400 });
      expect(leftBehind).toEqual([[], []]);
      expect(put).toMatchObject({ [name]: value });
      expect(head).toMatchObject({ [name]: value, ChecksumType: "FULL_OBJECT" });
    },
  );

  test("given a link signed with a checksum, when other bytes are put there, then they are refused", async () => {
    const { client } = await openStorage();
    const command = new PutObjectCommand({ Bucket, Key, ChecksumSHA256: sha256("hello") });
    const url = await presign(client, command);

    const altered = await fetch(url, { method: "PUT", body: "jello" });
    const honest = await fetch(url, { method: "PUT", body: "hello" });

    expect(new URL(url).searchParams.get("x-amz-checksum-sha256")).toBe(sha256("hello"));
    expect([altered.status, codeIn(await altered.bytes())]).toEqual([400, "BadDigest"]);
    expect([honest.status, honest.headers.get("x-amz-checksum-sha256")]).toEqual([200, sha256("hello")]);
  });

  test("given a link that signs the checksum as a header, when the header is there, then it is verified", async () => {
    const { client } = await openStorage();
    const unhoistableHeaders = new Set(["x-amz-checksum-sha256"]);
    const command = new PutObjectCommand({ Bucket, Key, ChecksumSHA256: sha256("hello") });
    const url = await presign(client, command, { unhoistableHeaders });
    const headers = { "x-amz-checksum-sha256": sha256("hello") };

    const altered = await fetch(url, { method: "PUT", headers, body: "jello" });
    const without = await fetch(url, { method: "PUT", body: "hello" });
    const honest = await fetch(url, { method: "PUT", headers, body: "hello" });

    expect([altered.status, without.status, honest.status]).toEqual([400, 403, 200]);
  });

  test("given a Content-MD5, when it is wrong or none, then each is refused and nothing stored", async () => {
    const { client } = await openStorage();
    const url = await presign(client, new PutObjectCommand({ Bucket, Key }));
    const put = (md5: string) => fetch(url, { method: "PUT", headers: { "content-md5": md5 }, body: "hello" });
    const md5 = createHash("md5").update("hello").digest("base64");

    const wrong = await put(createHash("md5").update("jello").digest("base64"));
    const none = await put("not an md5");
    const head = await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key })));
    const right = await put(md5);

    expect([wrong.status, codeIn(await wrong.bytes())]).toEqual([400, "BadDigest"]);
    expect([none.status, codeIn(await none.bytes())]).toEqual([400, "InvalidDigest"]);
    expect(head.status).toBe(404);
    expect(right.status).toBe(200);
  });

  test.each([
    ["that cannot be one", { ChecksumSHA256: "short" }, "InvalidRequest"],
    ["of a kind unknown here", { ChecksumCRC64NVME: "AAAAAAAAAAA=" }, "NotImplemented"],
  ])("given a checksum %s, when it is sent, then it is refused", async (_, checksum, code) => {
    const { client } = await openStorage();

    const refusal = await refusalOf(client.send(new PutObjectCommand({ Bucket, Key, Body: "hello", ...checksum })));

    expect(refusal.code).toBe(code);
  });
});

describe("checksums of parts", () => {
  async function openUpload(algorithm?: ChecksumAlgorithm) {
    const { client, dir } = await openStorage();
    const command = new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: algorithm });
    const { UploadId } = await client.send(command);
    return { client, dir, UploadId };
  }

  test("given an upload with SHA-256, when its parts are sent over signed links, then each is verified and the whole has theirs", async () => {
    const { client, UploadId } = await openUpload("SHA256");
    const bodies = [patternBytes(5 * mebibyte, 1), patternBytes(99, 2)];
    for (const [index, body] of bodies.entries()) {
      const part = { Bucket, Key, UploadId, PartNumber: index + 1, ChecksumSHA256: sha256(body) };
      const url = await presign(client, new UploadPartCommand(part));
      const altered = await fetch(url, { method: "PUT", body: new Uint8Array(patternBytes(body.length, 9)) });
      const honest = await fetch(url, { method: "PUT", body: new Uint8Array(body) });
      expect([altered.status, honest.status]).toEqual([400, 200]);
    }

    const { Parts = [], ChecksumAlgorithm } = await client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    const listed = Parts.map(({ PartNumber, ETag, ChecksumSHA256 }) => ({ PartNumber, ETag, ChecksumSHA256 }));
    const command = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: listed } });
    const completed = await client.send(command);

    const composite = createHash("sha256");
    for (const body of bodies) composite.update(createHash("sha256").update(body).digest());
    expect(ChecksumAlgorithm).toBe("SHA256");
    expect(listed.map(({ ChecksumSHA256 }) => ChecksumSHA256)).toEqual(bodies.map(sha256));
    expect(completed).toMatchObject({ ChecksumSHA256: `${composite.digest("base64")}-2`, ChecksumType: "COMPOSITE" });
  });

  test("given an upload with SHA-256, when a part comes without, then it is refused", async () => {
    const { client, UploadId } = await openUpload("SHA256");

    const part = client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "x" }));

    expect(await refusalOf(part)).toEqual({ code: "InvalidRequest", status: 400 });
  });

  test("given an upload without checksums, when a part comes with one, then it is refused and not kept", async () => {
    const { client, dir, UploadId } = await openUpload();

    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: "x", ChecksumSHA256: sha256("x") };

    expect(await refusalOf(client.send(new UploadPartCommand(part)))).toEqual({ code: "InvalidRequest", status: 400 });
    expect(await readdir(join(dir, "incoming"))).toEqual([]);
  });

  test("given an upload with SHA-256, when its parts are listed without or with wrong ones, then it is not completed", async () => {
    const { client, UploadId } = await openUpload("SHA256");
    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: "x", ChecksumSHA256: sha256("x") };
    const { ETag } = await client.send(new UploadPartCommand(part));
    const complete = (ChecksumSHA256?: string) => {
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumSHA256 }] };
      return client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    };

    expect((await refusalOf(complete())).code).toBe("InvalidRequest");
    expect((await refusalOf(complete(sha256("y")))).code).toBe("InvalidPart");
    expect((await complete(sha256("x"))).$metadata.httpStatusCode).toBe(200);
  });
});

describe("a body in signed chunks", () => {
  const declared = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const hashHex = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");

  /** As the documentation of chunked uploads has it, written down a second time. */
  function signChunks(host: string, chunks: string[], trailer?: string) {
    const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const date = timestamp.slice(0, 8);
    const scope = `${date}/${region}/s3/aws4_request`;
    const key = [date, region, "s3", "aws4_request"].reduce<string | Buffer>(
      hmac,
      `AWS4${credentials.secretAccessKey}`,
    );
    const headers: Record<string, string> = {
      host,
      "x-amz-content-sha256": trailer === undefined ? declared : `${declared}-TRAILER`,
      "x-amz-date": timestamp,
      "x-amz-decoded-content-length": String(chunks.join("").length),
      ...(trailer === undefined ? {} : { "x-amz-trailer": trailer.split(":")[0] ?? "" }),
    };
    const names = Object.keys(headers).sort();
    const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
    const canonical = ["PUT", `/${bucket}/${Key}`, "", lines, names.join(";"), headers["x-amz-content-sha256"]].join(
      "\n",
    );
    const text = ["AWS4-HMAC-SHA256", timestamp, scope, hashHex(canonical)].join("\n");
    let signature = hmac(key, text).toString("hex");
    const credential = `${credentials.accessKeyId}/${scope}`;
    headers["authorization"] =
      `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names.join(";")},Signature=${signature}`;

    let body = "";
    for (const chunk of [...chunks, ""]) {
      const chunkText = ["AWS4-HMAC-SHA256-PAYLOAD", timestamp, scope, signature, hashHex(""), hashHex(chunk)].join(
        "\n",
      );
      signature = hmac(key, chunkText).toString("hex");
      body += `${chunk.length.toString(16)};chunk-signature=${signature}\r\n${chunk}`;
      if (chunk !== "") body += "\r\n";
    }
    if (trailer !== undefined) {
      const trailerText = ["AWS4-HMAC-SHA256-TRAILER", timestamp, scope, signature, hashHex(`${trailer}\n`)].join("\n");
      body += `${trailer}\r\nx-amz-trailer-signature:${hmac(key, trailerText).toString("hex")}\r\n`;
    }
    body += "\r\n";
    return { headers: { ...headers, "content-length": String(body.length) }, body };
  }

  async function openChunked(chunks: string[], trailer?: string) {
    const { client, url } = await openStorage();
    const signed = signChunks(new URL(url).host, chunks, trailer);
    const send = (body: string) => sendRaw(`${url}/${bucket}/${Key}`, { method: "PUT", headers: signed.headers, body });
    return { client, signed, send };
  }

  test("given chunks signed in a chain, when they are sent, then the bytes without their framing are stored", async () => {
    const { client, signed, send } = await openChunked(["a".repeat(70_000), "bc"]);

    const reply = await send(signed.body);

    expect(reply.status).toBe(200);
    const read = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await read.Body?.transformToString()).toBe(`${"a".repeat(70_000)}bc`);
    expect(read.ContentEncoding).toBeUndefined();
  });

  test.each([
    ["a byte changed", (body: string) => body.replace("bc", "bd"), "SignatureDoesNotMatch"],
    ["a chunk's signature dropped", (body: string) => body.replace(/^3;[^\r]+/, "3"), "SignatureDoesNotMatch"],
    [
      "the last chunk's signature wrong",
      (body: string) => body.replace(/0;chunk-signature=.{64}/, `0;chunk-signature=${"0".repeat(64)}`),
      "SignatureDoesNotMatch",
    ],
    ["a size that is none", (body: string) => body.replace(/^3;/, "x;"), "IncompleteBody"],
  ])(
    "given signed chunks with %s, when they are sent, then they are refused and not stored",
    async (_, alter, code) => {
      const { client, signed, send } = await openChunked(["abc", "bc"]);
      const altered = alter(signed.body).padEnd(signed.body.length, "\n");

      const reply = await send(altered);

      expect(altered).not.toBe(signed.body);
      expect(codeIn(reply.body)).toBe(code);
      expect((await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key })))).status).toBe(404);
    },
  );

  test("given chunks with a signed checksum behind them, when it is right, then it is kept, and when the trailer was altered, then not", async () => {
    const { client, signed, send } = await openChunked(["abc"], `x-amz-checksum-sha256:${sha256("abc")}`);

    const altered = await send(signed.body.replace(sha256("abc"), sha256("abd")));
    const head = await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key })));
    const honest = await send(signed.body);

    expect(codeIn(altered.body)).toBe("SignatureDoesNotMatch");
    expect(head.status).toBe(404);
    expect([honest.status, honest.headers["x-amz-checksum-sha256"]]).toEqual([200, sha256("abc")]);
  });
});

describe("a body with its checksum behind it", () => {
  test("given the SDK's defaults, when it puts bytes and streams, then they are verified and stored", async () => {
    const { url } = await openStorage();
    const client = openClient(url, {
      requestChecksumCalculation: "WHEN_SUPPORTED",
      responseChecksumValidation: "WHEN_SUPPORTED",
    });
    const bytes = patternBytes(3 * mebibyte);
    const Body = Readable.from([bytes.subarray(0, mebibyte), bytes.subarray(mebibyte)]);

    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: bytes.length }));
    const read = await client.send(new GetObjectCommand({ Bucket, Key }));

    expect(read.ChecksumCRC32).toBeDefined();
    expect(read.ContentEncoding).toBeUndefined();
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  });

  test.each([
    ["the right checksum", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 200, undefined],
    ["a wrong one", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 400, "BadDigest"],
    ["none at all", "5\r\nhello\r\n0\r\n\r\n", 400, "InvalidRequest"],
    ["bytes missing", "5\r\nhel", 400, "IncompleteBody"],
    ["fewer bytes than promised", "4\r\nhell\r\n0\r\nx-amz-checksum-crc32:HIYA4w==\r\n\r\n", 400, "IncompleteBody"],
    ["more bytes than promised", "6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 400, "IncompleteBody"],
  ])("given a chunked body with %s, when it is put, then that decides", async (_, body, status, code) => {
    const { client, url } = await openStorage();
    const command = new PutObjectCommand({ Bucket, Key, Body: "hello" });
    command.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string>; body: unknown };
        Object.assign(request.headers, {
          "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
          "x-amz-trailer": "x-amz-checksum-crc32",
          "x-amz-decoded-content-length": "5",
          "content-encoding": "aws-chunked",
          "content-length": String(body.length),
        });
        request.body = body;
        return next(args);
      },
      { step: "build", priority: "low" },
    );

    const sent = client.send(command);

    if (code === undefined) expect((await sent).$metadata.httpStatusCode).toBe(status);
    else expect(await refusalOf(sent)).toEqual({ code, status });
    expect(url).toBeDefined();
  });
});
