import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { cancelUpload } from "~/domain/asset/cancel-upload.server";
import { completeUpload } from "~/domain/asset/complete-upload.server";
import { createUpload } from "~/domain/asset/create-upload.server";
import { listUnfinishedUploads } from "~/domain/asset/list-unfinished-uploads.server";
import { listUploadedParts } from "~/domain/asset/list-uploaded-parts.server";
import { signPart } from "~/domain/asset/sign-part.server";
import { abortUpload } from "~/gateways/storage/abort-upload.server";
import { objectSize } from "~/gateways/storage/object-size.server";
import { signDownload } from "~/gateways/storage/sign-download.server";
import { createAsset, createShop, openConnections } from "../../factories";
import { startTestStorage } from "../../setup/storage";
import { begin, md5Of, now, putPart, sha256Of } from "./upload-file";

const MEBIBYTE = 1024 * 1024;
const hello = new TextEncoder().encode("hello");
const twoParts = new Uint8Array(10 * MEBIBYTE).map((_, index) => index % 251);
const firstPart = twoParts.slice(0, 8 * MEBIBYTE);
const secondPart = twoParts.slice(8 * MEBIBYTE);

let fault: { status?: number; rate?: number } = {};

beforeAll(async () => {
  await startTestStorage(() => fault);
});

beforeEach(() => {
  fault = {};
});

const versionOf = (versionId: string) => db.assetVersion.findUniqueOrThrow({ where: { id: versionId } });

describe("uploading a file in parts", () => {
  test("given all parts sent, when it is completed, then it is the asset's current version and its bytes can be fetched", async () => {
    const { id: shopId } = await createShop();
    const { assetId, versionId } = await begin({
      shopId,
      fileName: "ünïcode 🎧.zip",
      sizeBytes: twoParts.length,
    });
    await putPart({ shopId, versionId, partNumber: 2 }, secondPart);
    await putPart({ shopId, versionId, partNumber: 1 }, firstPart);

    const result = await completeUpload({
      shopId,
      versionId,
      sha256: sha256Of(twoParts),
      now,
    });

    expect(result).toEqual({
      kind: "completed",
      assetId,
      versionId,
      sha256: sha256Of(twoParts),
    });
    const version = await versionOf(versionId);
    expect(version).toMatchObject({
      state: "ready",
      uploadId: null,
      number: 1,
      readyAt: now,
      sha256: sha256Of(twoParts),
    });
    const asset = await db.asset.findUniqueOrThrow({ where: { id: assetId } });
    expect(asset).toMatchObject({
      currentVersionId: versionId,
      sizeBytes: BigInt(twoParts.length),
      title: "ünïcode 🎧.zip",
    });
    const download = await fetch(await signDownload({ ...version, ttlSeconds: 60 }));
    expect(sha256Of(new Uint8Array(await download.arrayBuffer()))).toBe(sha256Of(twoParts));
    expect(download.headers.get("content-disposition")).toBe(
      `attachment; filename="unicode _.zip"; filename*=UTF-8''%C3%BCn%C3%AFcode%20%F0%9F%8E%A7.zip`,
    );
  });

  test("given a part signed for some bytes, when others are sent, then storage refuses them", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({ shopId });

    const status = await putPart({ shopId, versionId, partNumber: 1 }, hello, new TextEncoder().encode("HELLO"));

    expect(status).toBe(400);
    expect(await listUploadedParts({ shopId, versionId })).toEqual({
      kind: "listed",
      parts: [],
    });
  });

  test("given a signed part, when it is sent without its checksum, then storage refuses it", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({ shopId });
    const signed = await signPart({
      shopId,
      versionId,
      partNumber: 1,
      md5: md5Of(hello),
    });

    const response = await fetch(signed.kind === "signed" ? signed.url : "", {
      method: "PUT",
      body: hello,
    });

    expect(response.status).toBe(403);
  });

  test("given one of two parts, when the upload is taken up again, then the part that is there is listed", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({
      shopId,
      sizeBytes: twoParts.length,
      lastModified: 1_700_000_000_000,
    });
    await putPart({ shopId, versionId, partNumber: 1 }, firstPart);

    const [unfinished] = await listUnfinishedUploads(shopId);
    const listed = await listUploadedParts({ shopId, versionId });

    expect(unfinished).toMatchObject({
      versionId,
      fileName: "guide.pdf",
      lastModified: 1_700_000_000_000,
    });
    expect(listed).toMatchObject({
      kind: "listed",
      parts: [{ partNumber: 1, sizeBytes: firstPart.length }],
    });
  });

  test("given a part missing, when it is completed, then it is refused and can go on", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({ shopId, sizeBytes: twoParts.length });
    await putPart({ shopId, versionId, partNumber: 2 }, secondPart);
    const complete = () => completeUpload({ shopId, versionId, sha256: sha256Of(twoParts), now });

    const refused = await complete();
    await putPart({ shopId, versionId, partNumber: 1 }, firstPart);

    expect(refused).toEqual({ kind: "refused", reason: "parts_missing" });
    expect(await complete()).toMatchObject({ kind: "completed" });
  });

  test("given an empty file, when it is completed, then an empty object is stored", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({ shopId, sizeBytes: 0 });

    const result = await completeUpload({
      shopId,
      versionId,
      sha256: sha256Of(new Uint8Array()),
      now,
    });

    expect(result).toMatchObject({ kind: "completed" });
    expect(await objectSize((await versionOf(versionId)).storageKey)).toBe(0);
  });

  test("given all parts sent, when it is completed eight times at once, then each answers the same and it is told once", async () => {
    const { id: shopId } = await createShop();
    const { assetId, versionId } = await begin({ shopId });
    await putPart({ shopId, versionId, partNumber: 1 }, hello);
    await openConnections(8);

    const calls = Array.from({ length: 8 }, () => completeUpload({ shopId, versionId, sha256: sha256Of(hello), now }));
    const results = await Promise.all(calls);

    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toEqual({
      kind: "completed",
      assetId,
      versionId,
      sha256: sha256Of(hello),
    });
    expect(
      await db.auditEntry.count({
        where: { shopId, action: "asset_uploaded" },
      }),
    ).toBe(1);
  });

  test("given two versions of an asset, when the older is completed last, then the newer stays the current one", async () => {
    const { shopId, id: assetId } = await createAsset();
    const older = await begin({ shopId, assetId });
    const newer = await begin({ shopId, assetId });
    for (const { versionId } of [newer, older]) await putPart({ shopId, versionId, partNumber: 1 }, hello);

    for (const { versionId } of [newer, older])
      await completeUpload({ shopId, versionId, sha256: sha256Of(hello), now });

    const asset = await db.asset.findUniqueOrThrow({
      where: { id: assetId },
      include: { versions: true },
    });
    expect(asset.currentVersionId).toBe(newer.versionId);
    expect(asset.versions.map(({ number, state }) => [number, state]).sort()).toEqual([
      [1, "ready"],
      [2, "ready"],
      [3, "ready"],
    ]);
  });

  test("given an asset, when eight versions of it begin at once, then each gets its own number", async () => {
    const { shopId, id: assetId } = await createAsset();
    await openConnections(8);

    await Promise.all(Array.from({ length: 8 }, () => begin({ shopId, assetId })));

    const versions = await db.assetVersion.findMany({
      where: { assetId },
      orderBy: { number: "asc" },
    });
    expect(versions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("given an upload that storage forgot, when it goes on, then that is said", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({ shopId });
    const { storageKey, uploadId } = await versionOf(versionId);
    await abortUpload(storageKey, uploadId ?? "");

    const listed = await listUploadedParts({ shopId, versionId });
    const completed = await completeUpload({
      shopId,
      versionId,
      sha256: sha256Of(hello),
      now,
    });

    expect([listed, completed]).toEqual([
      { kind: "refused", reason: "upload_gone" },
      { kind: "refused", reason: "upload_gone" },
    ]);
  });
});

describe("cancelUpload", () => {
  test("given the first upload of an asset, when it is cancelled, then nothing is left of either", async () => {
    const { id: shopId } = await createShop();
    const { assetId, versionId } = await begin({ shopId });
    await putPart({ shopId, versionId, partNumber: 1 }, hello);

    const result = await cancelUpload({ shopId, versionId });

    expect(result).toEqual({ kind: "cancelled" });
    expect(await db.asset.count({ where: { id: assetId } })).toBe(0);
  });

  test("given a new version under way, when it is cancelled, then the asset keeps the version it had", async () => {
    const { shopId, id: assetId, currentVersionId } = await createAsset();
    const { versionId } = await begin({ shopId, assetId });

    await cancelUpload({ shopId, versionId });

    const asset = await db.asset.findUniqueOrThrow({
      where: { id: assetId },
      include: { versions: true },
    });
    expect(asset.versions.map(({ id }) => id)).toEqual([currentVersionId]);
  });

  test("given all parts sent, when it is cancelled and completed at once, then it is either there or gone, never half", async () => {
    const { id: shopId } = await createShop();
    const { assetId, versionId } = await begin({ shopId });
    await putPart({ shopId, versionId, partNumber: 1 }, hello);
    await openConnections(2);

    const [completed, cancelled] = await Promise.all([
      completeUpload({ shopId, versionId, sha256: sha256Of(hello), now }),
      cancelUpload({ shopId, versionId }),
    ]);

    const asset = await db.asset.findUnique({ where: { id: assetId } });
    expect(completed.kind === "completed").toBe(asset?.currentVersionId === versionId);
    expect(cancelled.kind === "cancelled").toBe(asset === null);
  });

  test("given a finished upload, when it is cancelled, then it is refused", async () => {
    const { shopId, currentVersionId } = await createAsset();

    const result = await cancelUpload({
      shopId,
      versionId: currentVersionId ?? "",
    });

    expect(result).toEqual({ kind: "refused", reason: "already_complete" });
  });
});

describe("what is refused", () => {
  test.each([
    ["an empty name", { fileName: "" }, "bad_name"],
    ["a name of 1025 characters", { fileName: "n".repeat(1025) }, "bad_name"],
    ["a name with U+0000", { fileName: "a\0b" }, "bad_name"],
    ["a negative size", { sizeBytes: -1 }, "bad_size"],
    ["a size that is no whole number", { sizeBytes: 1.5 }, "bad_size"],
    ["more than 5 TB", { sizeBytes: 5 * 1024 ** 4 + 1 }, "too_large"],
    ["an asset that is no id", { assetId: "nonsense" }, "unknown_asset"],
  ] as const)("given %s, when an upload begins, then it is refused", async (_, input, reason) => {
    const { id: shopId } = await createShop();

    const result = await createUpload({
      shopId,
      fileName: "a",
      contentType: "",
      sizeBytes: 1,
      ...input,
    });

    expect(result).toEqual({ kind: "refused", reason });
  });

  test.each(["../../etc/passwd", 'a"b\r\nc', "\u202Egpj.exe", "x".repeat(300), " ", "файл.zip"])(
    "given a file called %j, when an upload begins, then the name is kept exactly",
    async (fileName) => {
      const { id: shopId } = await createShop();

      const { versionId } = await begin({ shopId, fileName });

      const version = await versionOf(versionId);
      expect(version.fileName).toBe(fileName);
      expect(version.storageKey).toMatch(/^shops\/[\w-]+\/assets\/[\w-]+\/[\w-]+$/);
    },
  );

  test("given an upload of another shop, when its id is used, then it is unknown", async () => {
    const { id: shopId } = await createShop();
    const { shopId: otherShopId, id: assetId } = await createAsset();
    const { versionId } = await begin({ shopId: otherShopId });
    const sha256 = sha256Of(hello);

    const results = await Promise.all([
      createUpload({
        shopId,
        assetId,
        fileName: "a",
        contentType: "",
        sizeBytes: 1,
      }),
      signPart({ shopId, versionId, partNumber: 1, md5: md5Of(hello) }),
      listUploadedParts({ shopId, versionId }),
      completeUpload({ shopId, versionId, sha256, now }),
      cancelUpload({ shopId, versionId }),
      cancelUpload({ shopId, versionId: "nonsense" }),
    ]);

    const reasons = results.map((result) => (result.kind === "refused" ? result.reason : result.kind));
    expect(reasons).toEqual(["unknown_asset", ...Array<string>(5).fill("unknown_upload")]);
    expect(await listUnfinishedUploads(shopId)).toEqual([]);
  });

  test.each([0, -1, 1.5, 2, 10_001, Number.NaN])(
    "given a file of one part, when part %s is to be signed, then it is refused",
    async (partNumber) => {
      const { id: shopId } = await createShop();
      const { versionId } = await begin({ shopId });

      const result = await signPart({
        shopId,
        versionId,
        partNumber,
        md5: md5Of(hello),
      });

      expect(result).toEqual({ kind: "refused", reason: "bad_part_number" });
    },
  );

  test("given storage is down, when uploads begin, go on, end or are cancelled, then that is said and nothing is lost", async () => {
    const { id: shopId } = await createShop();
    const { versionId } = await begin({ shopId });
    await putPart({ shopId, versionId, partNumber: 1 }, hello);
    fault = { status: 503, rate: 1 };

    const results = await Promise.all([
      createUpload({ shopId, fileName: "a", contentType: "", sizeBytes: 1 }),
      listUploadedParts({ shopId, versionId }),
      completeUpload({ shopId, versionId, sha256: sha256Of(hello), now }),
      cancelUpload({ shopId, versionId }),
    ]);

    expect(results).toEqual(Array(4).fill({ kind: "refused", reason: "storage_unavailable" }));
    fault = {};
    expect(await db.asset.count({ where: { shopId } })).toBe(1);
    expect(await completeUpload({ shopId, versionId, sha256: sha256Of(hello), now })).toMatchObject({
      kind: "completed",
    });
  });
});
