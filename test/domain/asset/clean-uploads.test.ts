import { beforeAll, expect, test } from "vitest";
import { db } from "~/db.server";
import { listUploadedParts } from "~/domain/asset/list-uploaded-parts.server";
import { listParts } from "~/gateways/storage/list-parts.server";
import { UploadGone } from "~/gateways/storage/storage-unavailable";
import { runCleanUploads } from "~/jobs/clean-uploads.server";
import { createAsset, createShop } from "../../factories";
import { startTestStorage } from "../../setup/storage";
import { begin, putPart } from "./upload-file";

const DAY_MS = 24 * 60 * 60 * 1000;
let fault: { status?: number; rate?: number } = {};

beforeAll(async () => {
  await startTestStorage(() => fault);
});

async function beginAged(shopId: string, ageMs: number, assetId?: string) {
  const upload = await begin({ shopId, assetId });
  await putPart({ shopId, versionId: upload.versionId, partNumber: 1 }, new TextEncoder().encode("hello"));
  const createdAt = new Date(Date.now() - ageMs);
  return db.assetVersion.update({ where: { id: upload.versionId }, data: { createdAt } });
}

test("given uploads older and younger than 7 days, when uploads are cleaned, then the old ones are gone, in storage too", async () => {
  const { id: shopId } = await createShop();
  const { id: assetId } = await createAsset({ shopId });
  const old = await beginAged(shopId, 7 * DAY_MS + 60_000);
  const oldVersion = await beginAged(shopId, 8 * DAY_MS, assetId);
  const young = await beginAged(shopId, 7 * DAY_MS - 60_000);

  await runCleanUploads({});

  expect(await db.assetVersion.count({ where: { id: { in: [old.id, oldVersion.id] } } })).toBe(0);
  await expect(listParts(old.storageKey, old.uploadId ?? "")).rejects.toThrow(UploadGone);
  expect(await db.asset.findMany({ where: { shopId }, select: { id: true }, orderBy: { id: "asc" } })).toEqual(
    [assetId, young.assetId].sort().map((id) => ({ id })),
  );
  expect(await listUploadedParts({ shopId, versionId: young.id })).toMatchObject({
    kind: "listed",
    parts: [{ partNumber: 1 }],
  });
});

test("given storage is down, when uploads are cleaned, then the job fails and a repeat does it", async () => {
  const { id: shopId } = await createShop();
  await beginAged(shopId, 8 * DAY_MS);
  fault = { status: 503, rate: 1 };

  await expect(runCleanUploads({})).rejects.toThrow(/storage did not answer/);
  fault = {};
  await runCleanUploads({});

  expect(await db.asset.count({ where: { shopId } })).toBe(0);
});
