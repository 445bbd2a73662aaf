import { createHash } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, test } from "vitest";
import {
  bucket,
  codeIn,
  credentials,
  openClient,
  openStorage,
  presign,
  refusalOf,
  region,
  sendRaw,
} from "./storage-setup.ts";

const Bucket = bucket;
const hour = 3_600_000;

async function openStored() {
  const opened = await openStorage();
  await opened.client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "bytes" }));
  await opened.client.send(new PutObjectCommand({ Bucket, Key: "secret", Body: "secret bytes" }));
  return opened;
}

/** The headers of a request signed with the SDK's own signer. */
async function signedHeaders(
  url: string,
  options: { method: string; path: string; headers?: Record<string, string>; signingDate?: Date; service?: string },
) {
  const { host, hostname, port, protocol } = new URL(url);
  const signer = new SignatureV4({
    credentials,
    region,
    service: options.service ?? "s3",
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { headers } = await signer.sign(
    {
      method: options.method,
      protocol,
      hostname,
      port: Number(port),
      path: options.path,
      query: {},
      headers: { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...options.headers },
    },
    { signingDate: options.signingDate },
  );
  return headers;
}

describe("a presigned link", () => {
  test("given a link to read, when it is followed, with a range too, then the bytes come", async () => {
    const { client } = await openStored();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));

    const whole = await fetch(url);
    const part = await fetch(url, { headers: { range: "bytes=1-2" } });

    expect(await whole.text()).toBe("bytes");
    expect([part.status, await part.text()]).toEqual([206, "yt"]);
  });

  test("given a link to write, when a browser puts bytes there, then they are stored", async () => {
    const { client } = await openStored();
    const url = await presign(client, new PutObjectCommand({ Bucket, Key: "new" }));

    const reply = await fetch(url, { method: "PUT", body: "put" });

    expect([reply.status, reply.headers.get("etag")]).toEqual([
      200,
      `"${createHash("md5").update("put").digest("hex")}"`,
    ]);
    const read = await client.send(new GetObjectCommand({ Bucket, Key: "new" }));
    expect(await read.Body?.transformToString()).toBe("put");
  });

  test.each([
    ["another key", (url: string) => url.replace("/k?", "/secret?")],
    ["a path that climbs to another key", (url: string) => url.replace("/k?", "/k/../secret?")],
    ["a longer life", (url: string) => url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000")],
    ["another date", (url: string) => url.replace(/\dZ&/, (end) => `${(Number(end[0]) + 1) % 10}Z&`)],
    ["a header override added", (url: string) => `${url}&response-content-type=text%2Fhtml`],
    ["a parameter dropped", (url: string) => url.replace(/&x-id=GetObject/, "")],
    [
      "a digit of the signature changed",
      (url: string) => url.replace(/X-Amz-Signature=./, (text) => text.slice(0, -1) + (text.endsWith("0") ? "1" : "0")),
    ],
    ["a shorter signature", (url: string) => url.replace(/(X-Amz-Signature=[0-9a-f]{63})[0-9a-f]/, "$1")],
    [
      "no signed header but Host",
      (url: string) => url.replace("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=accept%3Bhost"),
    ],
  ])("given a link with %s, when it is followed, then it is refused as altered", async (_, alter) => {
    const { client } = await openStored();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));

    const reply = await sendRaw(alter(url));

    expect(alter(url)).not.toBe(url);
    expect([reply.status, codeIn(reply.body)]).toEqual([403, "SignatureDoesNotMatch"]);
  });

  test.each(["PUT", "DELETE", "HEAD", "POST"])(
    "given a link to read, when it is used with %s, then it is refused and nothing changes",
    async (method) => {
      const { client } = await openStored();
      const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));

      const reply = await sendRaw(url, { method, headers: { "content-length": "1" }, body: "x" });

      expect(reply.status).toBe(403);
      const read = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));
      expect(await read.Body?.transformToString()).toBe("bytes");
    },
  );

  test("given a link signed for one host, when another host is named, then it is refused", async () => {
    const { client } = await openStored();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));

    const reply = await sendRaw(url, { headers: { host: "example.com" } });

    expect(codeIn(reply.body)).toBe("SignatureDoesNotMatch");
  });

  test("given a link whose time is over, when it is followed, then it is refused as expired", async () => {
    const { client } = await openStored();
    const signingDate = new Date(Date.now() - 61_000);
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }), { expiresIn: 60, signingDate });

    const reply = await sendRaw(url);

    expect([reply.status, codeIn(reply.body)]).toEqual([403, "AccessDenied"]);
    expect(reply.body.toString()).toContain("<Message>Request has expired</Message>");
  });

  test("given a link of six days' age that lives for seven, when it is followed, then the bytes come", async () => {
    const { client } = await openStored();
    const signingDate = new Date(Date.now() - 6 * 24 * hour);
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }), { expiresIn: 604_800, signingDate });

    expect((await sendRaw(url)).body.toString()).toBe("bytes");
  });

  test("given a link signed an hour ahead, when it is followed, then it is not valid yet", async () => {
    const { client } = await openStored();
    const signingDate = new Date(Date.now() + hour);
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }), { signingDate });

    const reply = await sendRaw(url);

    expect([reply.status, codeIn(reply.body)]).toEqual([403, "AccessDenied"]);
    expect(reply.body.toString()).toContain("not valid yet");
  });

  test.each([
    ["lives over a week", (url: string) => url.replace("X-Amz-Expires=60", "X-Amz-Expires=604801")],
    ["lives no time", (url: string) => url.replace("X-Amz-Expires=60", "X-Amz-Expires=0")],
    ["lives a word", (url: string) => url.replace("X-Amz-Expires=60", "X-Amz-Expires=long")],
    ["has no life", (url: string) => url.replace("&X-Amz-Expires=60", "")],
    ["has no credential", (url: string) => url.replace(/&X-Amz-Credential=[^&]+/, "")],
    ["has two signatures", (url: string) => `${url}&X-Amz-Signature=00`],
    ["has a date of another kind", (url: string) => url.replace(/X-Amz-Date=[^&]+/, "X-Amz-Date=today")],
    ["does not sign the host", (url: string) => url.replace("SignedHeaders=host", "SignedHeaders=accept")],
  ])("given a link that %s, when it is followed, then its parameters are refused", async (_, alter) => {
    const { client } = await openStored();
    const url = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));

    const reply = await sendRaw(alter(url));

    expect(alter(url)).not.toBe(url);
    expect([reply.status, codeIn(reply.body)]).toEqual([400, "AuthorizationQueryParametersError"]);
  });

  test("given a link, when an x-amz header is added that was not signed, then it is refused", async () => {
    const { client } = await openStored();
    const url = await presign(client, new PutObjectCommand({ Bucket, Key: "new" }));

    const reply = await sendRaw(url, {
      method: "PUT",
      headers: { "x-amz-meta-owner": "me", "content-length": "1" },
      body: "x",
    });

    expect([reply.status, codeIn(reply.body)]).toEqual([403, "AccessDenied"]);
    expect((await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key: "new" })))).status).toBe(404);
  });

  test("given a link, when an Authorization header comes with it, then one of the two is too many", async () => {
    const { client, url } = await openStored();
    const link = await presign(client, new GetObjectCommand({ Bucket, Key: "k" }));
    const headers = await signedHeaders(url, { method: "GET", path: `/${bucket}/k` });

    expect(codeIn((await sendRaw(link, { headers })).body)).toBe("InvalidArgument");
  });
});

describe("a signed header", () => {
  test("given a request signed with the SDK's signer, when it is sent as signed, then it is answered", async () => {
    const { url } = await openStored();
    const headers = await signedHeaders(url, { method: "GET", path: `/${bucket}/k` });

    expect((await sendRaw(`${url}/${bucket}/k`, { headers })).body.toString()).toBe("bytes");
  });

  test.each([
    ["another path", { path: "/featherpost/secret" }],
    ["a query", { path: "/featherpost/k?response-content-type=text%2Fhtml" }],
    ["another method", { method: "DELETE" }],
    ["another signed header", { headers: { "x-amz-meta-a": "2" } }],
    ["a signed header dropped", { headers: { "x-amz-meta-a": "" } }],
    ["another hash of the body", { headers: { "x-amz-content-sha256": "0".repeat(64) } }],
  ])("given a signed request, when it is sent with %s, then it is refused as altered", async (_, change) => {
    const { url } = await openStored();
    const path = `/${bucket}/k`;
    const signed = await signedHeaders(url, { method: "GET", path, headers: { "x-amz-meta-a": "1" } });
    const altered = { method: "GET", path, headers: {}, ...change };
    const headers = Object.entries<string>({ ...signed, ...altered.headers }).filter(([, value]) => value !== "");

    const reply = await sendRaw(url + altered.path, { method: altered.method, headers: Object.fromEntries(headers) });

    expect([reply.status, codeIn(reply.body)]).toEqual([403, "SignatureDoesNotMatch"]);
  });

  test.each([-16 * 60_000, 16 * 60_000])(
    "given a request signed %i ms from now, when it is sent, then the clocks are too far apart",
    async (offsetMs) => {
      const { url } = await openStored();
      const signingDate = new Date(Date.now() + offsetMs);
      const headers = await signedHeaders(url, { method: "GET", path: `/${bucket}/k`, signingDate });

      const reply = await sendRaw(`${url}/${bucket}/k`, { headers });

      expect([reply.status, codeIn(reply.body)]).toEqual([403, "RequestTimeTooSkewed"]);
    },
  );

  test.each([-14 * 60_000, 14 * 60_000])(
    "given a request signed %i ms from now, when it is sent, then it is answered",
    async (offsetMs) => {
      const { url } = await openStored();
      const signingDate = new Date(Date.now() + offsetMs);
      const headers = await signedHeaders(url, { method: "GET", path: `/${bucket}/k`, signingDate });

      expect((await sendRaw(`${url}/${bucket}/k`, { headers })).status).toBe(200);
    },
  );

  test("given a request signed for another service, when it is sent, then it is malformed", async () => {
    const { url } = await openStored();
    const headers = await signedHeaders(url, { method: "GET", path: `/${bucket}/k`, service: "ec2" });

    const reply = await sendRaw(`${url}/${bucket}/k`, { headers });

    expect([reply.status, codeIn(reply.body)]).toEqual([400, "AuthorizationHeaderMalformed"]);
  });

  test.each([
    ["AWS AKID:c2lnbmF0dXJl", 400, "InvalidRequest"],
    ["Bearer token", 400, "InvalidRequest"],
    ["AWS4-HMAC-SHA256 nonsense", 400, "AuthorizationHeaderMalformed"],
    ["AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00", 400, "AuthorizationHeaderMalformed"],
  ])("given the Authorization %j, when it is sent, then %i says what is wrong", async (authorization, status, code) => {
    const { url } = await openStored();
    const headers = { authorization, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", "x-amz-date": "20260101T000000Z" };

    const reply = await sendRaw(`${url}/${bucket}/k`, { headers });

    expect([reply.status, codeIn(reply.body)]).toEqual([status, code]);
  });

  test("given a body other than the one hashed and signed, when it is sent, then it is refused and not stored", async () => {
    const { client, url } = await openStored();
    const hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; // of "hello"
    const path = `/${bucket}/new`;
    const signed = await signedHeaders(url, { method: "PUT", path, headers: { "x-amz-content-sha256": hash } });
    const put = (body: string) =>
      sendRaw(url + path, { method: "PUT", headers: { ...signed, "content-length": "5" }, body });

    const altered = await put("jello");
    const head = await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key: "new" })));
    const honest = await put("hello");

    expect([altered.status, codeIn(altered.body)]).toEqual([400, "XAmzContentSHA256Mismatch"]);
    expect(head.status).toBe(404);
    expect(honest.status).toBe(200);
  });
});

describe("whoever asks", () => {
  test.each([
    ["GET", "/featherpost/k"],
    ["HEAD", "/featherpost/k"],
    ["PUT", "/featherpost/new"],
    ["DELETE", "/featherpost/k"],
    ["POST", "/featherpost/k?uploads"],
    ["GET", "/featherpost?list-type=2"],
    ["GET", "/featherpost/none"],
    ["GET", "/"],
  ])("given nobody's %s of %s, when it is sent, then access is denied", async (method, path) => {
    const { client, url } = await openStored();

    const reply = await sendRaw(url + path, { method, headers: { "content-length": "0" } });

    expect(reply.status).toBe(403);
    expect(codeIn(reply.body)).toBe(method === "HEAD" ? undefined : "AccessDenied");
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(2);
  });

  test.each<[string, Partial<S3ClientConfig>, string, number]>([
    ["an unknown key", { credentials: { ...credentials, accessKeyId: "OTHER" } }, "InvalidAccessKeyId", 403],
    ["a wrong secret", { credentials: { ...credentials, secretAccessKey: "x" } }, "SignatureDoesNotMatch", 403],
    ["another region", { region: "eu-west-1" }, "AuthorizationHeaderMalformed", 400],
  ])(
    "given a client with %s, when it reads, writes or deletes, then it is refused",
    async (_, settings, code, status) => {
      const { client, url } = await openStored();
      const other = openClient(url, settings);

      for (const command of [
        new GetObjectCommand({ Bucket, Key: "k" }),
        new DeleteObjectCommand({ Bucket, Key: "k" }),
        new PutObjectCommand({ Bucket, Key: "k", Body: "other" }),
      ]) {
        expect(await refusalOf(other.send(command))).toEqual({ code, status });
      }
      const read = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));
      expect(await read.Body?.transformToString()).toBe("bytes");
    },
  );
});
