import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { bucket, codeIn, mebibyte, openStorage, patternBytes, presign, refusalOf, sendRaw } from "./storage-setup.ts";

const Bucket = bucket;

describe("objects", () => {
  test("given a stored object, when it is read, then its bytes, type, metadata and ETag are as they were sent", async () => {
    const { client } = await openStorage();
    const Body = "a field guide";
    const Metadata = { edition: "2" };
    const put = await client.send(
      new PutObjectCommand({ Bucket, Key: "guide.pdf", Body, ContentType: "application/pdf", Metadata }),
    );

    const read = await client.send(new GetObjectCommand({ Bucket, Key: "guide.pdf" }));

    expect(await read.Body?.transformToString()).toBe(Body);
    expect(read).toMatchObject({ ContentType: "application/pdf", ContentLength: 13, Metadata, AcceptRanges: "bytes" });
    expect(put.ETag).toBe(`"${createHash("md5").update(Body).digest("hex")}"`);
    expect(read.ETag).toBe(put.ETag);
    expect(Math.abs(Date.now() - (read.LastModified?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test("given a stored object, when only its head is asked for, then the same headers come without bytes", async () => {
    const { client } = await openStorage();
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "12345", CacheControl: "no-store" }));

    const head = await client.send(new HeadObjectCommand({ Bucket, Key: "k" }));

    expect(head).toMatchObject({ ContentLength: 5, CacheControl: "no-store", ContentType: "application/octet-stream" });
  });

  test("given an empty object, when it is read, then nothing comes and nothing fails", async () => {
    const { client } = await openStorage();
    await client.send(new PutObjectCommand({ Bucket, Key: "empty", Body: new Uint8Array() }));

    const read = await client.send(new GetObjectCommand({ Bucket, Key: "empty" }));
    const ranged = await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: "empty", Range: "bytes=0-" })));

    expect(read.ContentLength).toBe(0);
    expect(await read.Body?.transformToString()).toBe("");
    expect(ranged).toEqual({ code: "InvalidRange", status: 416 });
  });

  test("given no object, when it is read, headed or deleted, then it is missing, missing and well", async () => {
    const { client } = await openStorage();

    const read = await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: "none" })));
    const head = await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key: "none" })));
    const deleted = await client.send(new DeleteObjectCommand({ Bucket, Key: "none" }));

    expect(read).toEqual({ code: "NoSuchKey", status: 404 });
    expect(head).toEqual({ code: "NotFound", status: 404 });
    expect(deleted.$metadata.httpStatusCode).toBe(204);
  });

  test("given the bucket and another name, when each is asked for, then only the bucket is there", async () => {
    const { client } = await openStorage();

    const own = await client.send(new HeadBucketCommand({ Bucket }));
    const other = await refusalOf(client.send(new HeadBucketCommand({ Bucket: "another" })));
    const read = await refusalOf(client.send(new GetObjectCommand({ Bucket: "another", Key: "k" })));

    expect(own.$metadata.httpStatusCode).toBe(200);
    expect(other.status).toBe(404);
    expect(read).toEqual({ code: "NoSuchBucket", status: 404 });
  });

  test("given an object, when it is deleted, then it is gone from disk too", async () => {
    const { client, dir } = await openStorage();
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "bytes" }));

    await client.send(new DeleteObjectCommand({ Bucket, Key: "k" }));

    expect((await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: "k" })))).code).toBe("NoSuchKey");
    expect(await readdir(join(dir, "blobs"))).toEqual([]);
  });

  test("given three objects, when two are deleted in one call, then the third is left", async () => {
    const { client } = await openStorage();
    for (const Key of ["a", "b & <c>", "c"]) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));

    const Objects = [{ Key: "a" }, { Key: "b & <c>" }, { Key: "never was" }];
    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));

    expect(Deleted?.map(({ Key }) => Key)).toEqual(["a", "b & <c>", "never was"]);
    expect(Contents?.map(({ Key }) => Key)).toEqual(["c"]);
  });

  test.each([
    ["a copy", new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${bucket}/k` })],
    ["tags", new PutObjectTaggingCommand({ Bucket, Key: "k", Tagging: { TagSet: [] } })],
    ["a former listing", new ListObjectsCommand({ Bucket })],
    ["a former version", new GetObjectCommand({ Bucket, Key: "k", VersionId: "1" })],
  ])(
    "given a call for %s, which this storage does not play, when it comes, then it is refused as such",
    async (_, command) => {
      const { client } = await openStorage();
      await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "bytes" }));

      const refusal = await refusalOf(client.send(command as GetObjectCommand));

      expect(refusal).toEqual({ code: "NotImplemented", status: 501 });
      expect((await client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Size }) => Size)).toEqual([5]);
    },
  );
});

describe("keys", () => {
  test.each([
    ["with dots that climb", "a/../../../etc/passwd"],
    ["of dots only", ".."],
    ["with a leading and doubled slash", "/a//b/"],
    ["in any script", "Ünïcödé/日本語/🎵 файл.zip"],
    ["with every sign a URL minds", "a b+c&d=e?f#g%20h;i:j@k,l$m!n'o(p)q*r~s\"t|u\\v^w`x{y}"],
    ["with line breaks and marks", "line\r\nbreak\u202Egpj.exe\t"],
    ["of the longest length", "k".repeat(1024)],
  ])(
    "given a key %s, when it is stored, read, listed and deleted, then it is that key and no file beside",
    async (_, Key) => {
      const { client, dir } = await openStorage();
      await client.send(new PutObjectCommand({ Bucket, Key, Body: "kept" }));

      const read = await client.send(new GetObjectCommand({ Bucket, Key }));
      const presigned = await sendRaw(await presign(client, new GetObjectCommand({ Bucket, Key })));
      const listed = await client.send(new ListObjectsV2Command({ Bucket }));

      expect(await read.Body?.transformToString()).toBe("kept");
      expect(presigned.body.toString()).toBe("kept");
      expect(listed.Contents?.map((object) => object.Key)).toEqual([Key]);
      expect((await readdir(dir)).sort()).toEqual(["blobs", "incoming", "objects", "uploads"]);
    },
  );

  test("given a key over 1,024 bytes, when it is stored, then it is refused", async () => {
    const { client } = await openStorage();

    const refusal = await refusalOf(client.send(new PutObjectCommand({ Bucket, Key: "é".repeat(513), Body: "x" })));

    expect(refusal).toEqual({ code: "KeyTooLongError", status: 400 });
  });

  test("given a path that is no UTF-8, when it is asked for, then it is refused", async () => {
    const { url } = await openStorage();

    const reply = await sendRaw(`${url}/${bucket}/%ff%fe`);

    expect([reply.status, codeIn(reply.body)]).toEqual([400, "InvalidURI"]);
  });
});

describe("listing", () => {
  test("given seven objects, when they are listed three at a time, then all come once and in byte order", async () => {
    const { client } = await openStorage();
    const keys = ["shops/1/a", "shops/1/b", "shops/1/é", "shops/1/🎵", "shops/1/\uFF01", "shops/2/a", "other"];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));

    const listed: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3, ContinuationToken }));
      listed.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);

    expect(listed).toEqual(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });

  test("given objects of two shops, when one shop's are listed by folder, then its folders come once each", async () => {
    const { client } = await openStorage();
    for (const Key of ["s/1/x/1", "s/1/x/2", "s/1/y/1", "s/1/z", "s/2/x/1"]) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    }

    const query = { Bucket, Prefix: "s/1/", Delimiter: "/", MaxKeys: 2 };
    const first = await client.send(new ListObjectsV2Command(query));
    const rest = await client.send(
      new ListObjectsV2Command({ ...query, ContinuationToken: first.NextContinuationToken }),
    );

    expect(first.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["s/1/x/", "s/1/y/"]);
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(["s/1/z"]);
    expect(rest.IsTruncated).toBe(false);
  });
});

describe("reading a part of an object", () => {
  test.each([
    ["bytes=0-0", 206, "0", "bytes 0-0/10"],
    ["bytes=2-5", 206, "2345", "bytes 2-5/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
    ["bytes=5-2", 200, "0123456789", undefined],
    ["bytes=0-1,4-5", 200, "0123456789", undefined],
    ["lines=1-2", 200, "0123456789", undefined],
  ])("given ten bytes, when %s is asked for, then %i answers %s", async (range, status, bytes, contentRange) => {
    const { client } = await openStorage();
    await client.send(new PutObjectCommand({ Bucket, Key: "ten", Body: "0123456789" }));
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "ten" }));

    const reply = await sendRaw(url, { headers: { range } });

    expect([reply.status, reply.body.toString()]).toEqual([status, bytes]);
    expect(reply.headers["content-range"]).toBe(contentRange);
    expect(reply.headers["content-length"]).toBe(String(bytes.length));
  });

  test.each(["bytes=10-", "bytes=99-100", "bytes=-0"])(
    "given ten bytes, when %s is asked for, then it is not satisfiable",
    async (range) => {
      const { client } = await openStorage();
      await client.send(new PutObjectCommand({ Bucket, Key: "ten", Body: "0123456789" }));
      const url = await presign(client, new GetObjectCommand({ Bucket, Key: "ten" }));

      const reply = await sendRaw(url, { headers: { range } });

      expect([reply.status, codeIn(reply.body)]).toEqual([416, "InvalidRange"]);
      expect(reply.headers["content-range"]).toBe("bytes */10");
    },
  );

  test("given a reader who began with another object, when it goes on with If-Range, then all is sent anew", async () => {
    const { client } = await openStorage();
    const { ETag = "" } = await client.send(new PutObjectCommand({ Bucket, Key: "ten", Body: "0123456789" }));
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "ten" }));

    const same = await sendRaw(url, { headers: { range: "bytes=8-", "if-range": ETag } });
    const other = await sendRaw(url, { headers: { range: "bytes=8-", "if-range": '"another"' } });

    expect([same.status, same.body.toString()]).toEqual([206, "89"]);
    expect([other.status, other.body.toString()]).toEqual([200, "0123456789"]);
  });
});

describe("conditions", () => {
  test("given a reader who has the object, when it asks again, then it hears that nothing changed", async () => {
    const { client } = await openStorage();
    const { ETag = "" } = await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "bytes" }));
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));
    const statusFor = async (headers: Record<string, string>) => (await sendRaw(url, { headers })).status;
    const [past, now] = [new Date(Date.now() - 86_400_000).toUTCString(), new Date(Date.now() + 1000).toUTCString()];

    expect(await statusFor({ "if-none-match": ETag })).toBe(304);
    expect(await statusFor({ "if-none-match": '"another"' })).toBe(200);
    expect(await statusFor({ "if-modified-since": now })).toBe(304);
    expect(await statusFor({ "if-modified-since": past })).toBe(200);
    expect(await statusFor({ "if-none-match": '"another"', "if-modified-since": now })).toBe(200);
    expect(await statusFor({ "if-match": '"another"' })).toBe(412);
    expect(await statusFor({ "if-unmodified-since": past })).toBe(412);
  });

  test("given an object, when another is written only if there is none, then the first stays", async () => {
    const { client } = await openStorage();
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "first", IfNoneMatch: "*" }));

    const again = client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "second", IfNoneMatch: "*" }));

    expect(await refusalOf(again)).toEqual({ code: "PreconditionFailed", status: 412 });
    const read = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));
    expect(await read.Body?.transformToString()).toBe("first");
  });
});

describe("overriding the headers of an answer", () => {
  test("given a signed link with a name and a type, when it is followed, then the answer carries them", async () => {
    const { client } = await openStorage();
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x", ContentType: "text/html" }));
    const disposition = `attachment; filename="Ubersicht.pdf"; filename*=UTF-8''%C3%9Cbersicht%20%F0%9F%8E%B5.pdf`;
    const command = new GetObjectCommand({
      Bucket,
      Key: "k",
      ResponseContentDisposition: disposition,
      ResponseContentType: "application/pdf",
      ResponseCacheControl: "private, no-store",
    });

    const reply = await fetch(await presign(client, command));

    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-disposition": disposition,
      "content-type": "application/pdf",
      "cache-control": "private, no-store",
    });
  });

  test.each(["attachment; filename=日本.pdf", "attachment\r\nSet-Cookie: a=b"])(
    "given an override that is no header value (%j), when it is asked for, then it is refused",
    async (ResponseContentDisposition) => {
      const { client } = await openStorage();
      await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));

      const refusal = await refusalOf(
        client.send(new GetObjectCommand({ Bucket, Key: "k", ResponseContentDisposition })),
      );

      expect(refusal).toEqual({ code: "InvalidArgument", status: 400 });
    },
  );
});

describe("what is on disk", () => {
  test("given stored objects, when the storage is started anew, then they are there as before", async () => {
    const { client, storage, dir } = await openStorage();
    const Body = patternBytes(300_000);
    await client.send(
      new PutObjectCommand({ Bucket, Key: "ключ", Body, ContentType: "audio/mpeg", Metadata: { a: "b" } }),
    );
    await storage.stop();

    const { client: later } = await openStorage({ dir });
    const read = await later.send(new GetObjectCommand({ Bucket, Key: "ключ" }));

    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    expect(read).toMatchObject({ ContentType: "audio/mpeg", Metadata: { a: "b" } });
  });

  test("given an object being read, when it is replaced, then the reader gets the old one and the next the new", async () => {
    const { client, dir } = await openStorage();
    const [before, after] = [patternBytes(16 * mebibyte, 1), patternBytes(1000, 2)];
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: before }));
    const reading = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));

    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: after }));
    const next = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));

    expect(Buffer.from((await next.Body?.transformToByteArray()) ?? []).equals(after)).toBe(true);
    expect(Buffer.from((await reading.Body?.transformToByteArray()) ?? []).equals(before)).toBe(true);
    await expect.poll(() => readdir(join(dir, "blobs"))).toHaveLength(1);
  });

  test("given a sender who hangs up half way, when it does, then nothing is stored and nothing is left", async () => {
    const { client, storage, dir } = await openStorage();
    const { pathname, search } = new URL(await presign(client, new PutObjectCommand({ Bucket, Key: "half" })));
    const socket = connect(storage.port, "127.0.0.1");
    socket.write(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1:${storage.port}\r\nContent-Length: 1000000\r\n\r\n`,
    );
    socket.write(patternBytes(500_000));
    await expect.poll(() => readdir(join(dir, "incoming"))).toHaveLength(1);

    socket.destroy();

    await expect.poll(() => readdir(join(dir, "incoming"))).toEqual([]);
    expect((await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: "half" })))).code).toBe("NoSuchKey");
  });

  test("given an upload under way, when the storage is stopped, then it stops at once and keeps nothing of it", async () => {
    const { client, storage, dir } = await openStorage();
    const { pathname, search } = new URL(await presign(client, new PutObjectCommand({ Bucket, Key: "half" })));
    const socket = connect(storage.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1:${storage.port}\r\nContent-Length: 1000000\r\n\r\nabc`,
    );
    await expect.poll(() => readdir(join(dir, "incoming"))).toHaveLength(1);

    const outcome = await Promise.race([storage.stop().then(() => "stopped"), wait(2000, "still running")]);

    expect(outcome).toBe("stopped");
    expect(await readdir(join(dir, "incoming"))).toEqual([]);
  });
});
