import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { bucket, codeIn, mebibyte, openStorage, patternBytes, presign } from "./storage-setup.ts";
import { refusalOf, sendRaw, uploadInParts } from "./storage-setup.ts";

const Bucket = bucket;
const Key = "shops/1/assets/2/3";

function create(client: S3Client, key = Key) {
  return client.send(new CreateMultipartUploadCommand({ Bucket, Key: key, ContentType: "application/zip" }));
}

function upload(client: S3Client, UploadId: string | undefined, PartNumber: number, Body: Uint8Array) {
  return client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
}

function complete(client: S3Client, UploadId: string | undefined, Parts: CompletedPart[]) {
  return client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
}

async function bytesOf(client: S3Client, range?: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range: range }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest();

describe("an upload in parts", () => {
  test("given three parts, when they are completed, then the object is all of them with the ETag S3 would give", async () => {
    const { client } = await openStorage();
    const parts = [patternBytes(5 * mebibyte, 1), patternBytes(6 * mebibyte, 2), patternBytes(1234, 3)];

    const completed = await uploadInParts(client, Key, parts);

    const etag = `"${md5(Buffer.concat(parts.map(md5))).toString("hex")}-3"`;
    expect(completed).toMatchObject({ Bucket, Key, ETag: etag });
    expect((await bytesOf(client)).equals(Buffer.concat(parts))).toBe(true);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ETag: etag, ContentLength: 11 * mebibyte + 1234 });
  });

  test("given an object of three parts, when ranges over their borders are read, then they are those bytes", async () => {
    const { client } = await openStorage();
    const parts = [patternBytes(5 * mebibyte, 1), patternBytes(5 * mebibyte, 2), patternBytes(1000, 3)];
    const whole = Buffer.concat(parts);
    await uploadInParts(client, Key, parts);
    const border = 5 * mebibyte;

    for (const [first, last] of [
      [0, 0],
      [border - 1, border],
      [border, 2 * border - 1],
      [border - 10, 2 * border + 10],
      [2 * border, whole.length - 1],
      [whole.length - 1, whole.length - 1],
    ] as const) {
      const bytes = await bytesOf(client, `bytes=${first}-${last}`);
      expect(bytes.equals(whole.subarray(first, last + 1)), `${first}-${last}`).toBe(true);
    }
    expect((await bytesOf(client, "bytes=-1500")).equals(whole.subarray(-1500))).toBe(true);
  });

  test("given an object of parts being read, when it is deleted, then the reader still gets all of it", async () => {
    const { client, dir } = await openStorage();
    const parts = [1, 2, 3].map((seed) => patternBytes(5 * mebibyte, seed));
    await uploadInParts(client, Key, parts);
    const reading = await client.send(new GetObjectCommand({ Bucket, Key }));

    await client.send(new DeleteObjectCommand({ Bucket, Key }));

    const bytes = Buffer.from((await reading.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat(parts))).toBe(true);
    await expect.poll(() => readdir(join(dir, "blobs"))).toEqual([]);
  });

  test("given an upload cut off after two parts and a restart, when it is resumed by its list of parts, then it ends whole", async () => {
    const first = await openStorage();
    const parts = [patternBytes(5 * mebibyte, 1), patternBytes(5 * mebibyte, 2), patternBytes(77, 3)];
    const { UploadId } = await create(first.client);
    await upload(first.client, UploadId, 1, parts[0] ?? new Uint8Array());
    await upload(first.client, UploadId, 2, parts[1] ?? new Uint8Array());
    await first.storage.stop();

    const { client } = await openStorage({ dir: first.dir });
    const listed = await client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    const { ETag } = await upload(client, UploadId, 3, parts[2] ?? new Uint8Array());
    const known = (listed.Parts ?? []).map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    await complete(client, UploadId, [...known, { PartNumber: 3, ETag }]);

    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 5 * mebibyte],
      [2, 5 * mebibyte],
    ]);
    expect((await bytesOf(client)).equals(Buffer.concat(parts))).toBe(true);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head.ContentType).toBe("application/zip");
  });

  test("given five parts sent in any order, when they are listed two at a time, then all come once by number", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    for (const number of [10_000, 3, 1, 20, 7]) await upload(client, UploadId, number, patternBytes(64, number));

    const numbers: (number | undefined)[] = [];
    let PartNumberMarker: string | undefined;
    let isTruncated: boolean | undefined = true;
    while (isTruncated) {
      const page = await client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2, PartNumberMarker }));
      numbers.push(...(page.Parts ?? []).map(({ PartNumber }) => PartNumber));
      ({ NextPartNumberMarker: PartNumberMarker, IsTruncated: isTruncated } = page);
    }

    expect(numbers).toEqual([1, 3, 7, 20, 10_000]);
  });

  test("given a part sent twice, when it is completed, then the later bytes count", async () => {
    const { client, dir } = await openStorage();
    const { UploadId } = await create(client);
    const earlier = await upload(client, UploadId, 1, patternBytes(100, 1));
    const later = await upload(client, UploadId, 1, patternBytes(100, 2));

    const refusal = await refusalOf(complete(client, UploadId, [{ PartNumber: 1, ETag: earlier.ETag }]));
    await complete(client, UploadId, [{ PartNumber: 1, ETag: later.ETag }]);

    expect(refusal).toEqual({ code: "InvalidPart", status: 400 });
    expect((await bytesOf(client)).equals(patternBytes(100, 2))).toBe(true);
    expect(await readdir(join(dir, "blobs", UploadId ?? ""))).toHaveLength(1);
  });

  test("given parts left out of the list, when the upload is completed, then their bytes are removed", async () => {
    const { client, dir } = await openStorage();
    const { UploadId } = await create(client);
    const { ETag } = await upload(client, UploadId, 2, patternBytes(100));
    await upload(client, UploadId, 3, patternBytes(200));

    await complete(client, UploadId, [{ PartNumber: 2, ETag }]);

    expect((await bytesOf(client)).length).toBe(100);
    expect(await readdir(join(dir, "blobs", UploadId ?? ""))).toHaveLength(1);
    expect(await readdir(join(dir, "uploads"))).toEqual([]);
  });

  test("given an upload, when it is aborted, then nothing of it is left and it is unknown", async () => {
    const { client, dir } = await openStorage();
    const { UploadId } = await create(client);
    await upload(client, UploadId, 1, patternBytes(1000));

    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

    const gone = { code: "NoSuchUpload", status: 404 };
    expect(await refusalOf(client.send(new ListPartsCommand({ Bucket, Key, UploadId })))).toEqual(gone);
    expect(await refusalOf(upload(client, UploadId, 2, patternBytes(10)))).toEqual(gone);
    expect(await refusalOf(client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })))).toEqual(gone);
    expect([await readdir(join(dir, "blobs")), await readdir(join(dir, "uploads"))]).toEqual([[], []]);
  });

  test("given four uploads, when they are listed one at a time, then all come once by key, of one key the oldest first", async () => {
    const { client } = await openStorage();
    const { UploadId: older } = await create(client, "b");
    const { UploadId: newer } = await create(client, "b");
    const { UploadId: a } = await create(client, "a");
    const { UploadId: c } = await create(client, "c/1");
    const ids: (string | undefined)[] = [];
    let marker: { KeyMarker?: string; UploadIdMarker?: string } = {};

    for (let isTruncated: boolean | undefined = true; isTruncated;) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, ...marker }));
      ids.push(...(page.Uploads ?? []).map(({ UploadId }) => UploadId));
      marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      isTruncated = page.IsTruncated;
    }
    const ofPrefix = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: "c/" }));

    expect(ids).toEqual([a, older, newer, c]);
    expect(ofPrefix.Uploads?.map(({ Key, UploadId }) => [Key, UploadId])).toEqual([["c/1", c]]);
  });

  test("given 65 MiB in parts, when they are completed, then it takes no time to speak of", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    const Parts: CompletedPart[] = [];
    const body = patternBytes(5 * mebibyte);
    for (let PartNumber = 1; PartNumber <= 13; PartNumber += 1) {
      Parts.push({ PartNumber, ETag: (await upload(client, UploadId, PartNumber, body)).ETag });
    }

    const startedAt = performance.now();
    await complete(client, UploadId, Parts);

    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe("an upload that breaks S3's rules", () => {
  test("given a first part under 5 MiB, when two are completed, then it is too small, and alone it is not", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    const small = await upload(client, UploadId, 1, patternBytes(5 * mebibyte - 1));
    const last = await upload(client, UploadId, 2, patternBytes(1));
    const [one, two] = [
      { PartNumber: 1, ETag: small.ETag },
      { PartNumber: 2, ETag: last.ETag },
    ];

    expect(await refusalOf(complete(client, UploadId, [one, two]))).toEqual({ code: "EntityTooSmall", status: 400 });
    await complete(client, UploadId, [one]);

    expect((await bytesOf(client)).length).toBe(5 * mebibyte - 1);
  });

  test("given two parts, when they are listed backwards, twice or with one that never came, then each is refused", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    const { ETag: one } = await upload(client, UploadId, 1, patternBytes(5 * mebibyte));
    const { ETag: two } = await upload(client, UploadId, 2, patternBytes(10));
    const codeFor = async (parts: CompletedPart[]) => (await refusalOf(complete(client, UploadId, parts))).code;

    expect(
      await codeFor([
        { PartNumber: 2, ETag: two },
        { PartNumber: 1, ETag: one },
      ]),
    ).toBe("InvalidPartOrder");
    expect(
      await codeFor([
        { PartNumber: 1, ETag: one },
        { PartNumber: 1, ETag: one },
      ]),
    ).toBe("InvalidPartOrder");
    expect(
      await codeFor([
        { PartNumber: 1, ETag: one },
        { PartNumber: 3, ETag: two },
      ]),
    ).toBe("InvalidPart");
    expect(await codeFor([{ PartNumber: 1, ETag: two }])).toBe("InvalidPart");
    expect(await codeFor([])).toBe("MalformedXML");
  });

  test.each([0, -1, 10_001])("given part number %i, when it is sent, then it is refused", async (number) => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);

    expect(await refusalOf(upload(client, UploadId, number, patternBytes(8)))).toEqual({
      code: "InvalidArgument",
      status: 400,
    });
  });

  test("given an upload of one key, when another key names it, then it is unknown there", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);

    const part = client.send(new UploadPartCommand({ Bucket, Key: "other", UploadId, PartNumber: 1, Body: "x" }));

    expect(await refusalOf(part)).toEqual({ code: "NoSuchUpload", status: 404 });
  });

  test("given a part said to be over 5 GiB, when it is announced, then it is refused before it is sent", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    const url = await presign(client, new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1 }));

    const headers = { "content-length": String(5 * 1024 * mebibyte + 1), expect: "100-continue" };
    const reply = await sendRaw(url, { method: "PUT", headers });

    expect([reply.status, codeIn(reply.body)]).toEqual([400, "EntityTooLarge"]);
  });

  test.each([
    "",
    "no xml",
    "<Other/>",
    "<CompleteMultipartUpload><Part><ETag>x</ETag></Part></CompleteMultipartUpload>",
  ])("given %j for a list of parts, when it is completed, then it is malformed", async (body) => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    const url = await presign(client, new CompleteMultipartUploadCommand({ Bucket, Key, UploadId }));

    const reply = await sendRaw(url, { method: "POST", headers: { "content-length": String(body.length) }, body });

    expect([reply.status, codeIn(reply.body)]).toEqual([400, "MalformedXML"]);
  });

  test("given an upload being completed twice at once, when both arrive, then one object is made and one call refused", async () => {
    const { client } = await openStorage();
    const { UploadId } = await create(client);
    const { ETag } = await upload(client, UploadId, 1, patternBytes(100));

    const both = [1, 2].map(() => complete(client, UploadId, [{ PartNumber: 1, ETag }]));
    const outcomes = await Promise.allSettled(both);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await bytesOf(client)).length).toBe(100);
  });
});
