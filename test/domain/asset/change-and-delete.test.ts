import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { archiveAsset } from "~/domain/asset/archive-asset.server";
import { changeAsset } from "~/domain/asset/change-asset.server";
import { createLink } from "~/domain/asset/create-link.server";
import { deleteAsset } from "~/domain/asset/delete-asset.server";
import { findAsset } from "~/domain/asset/find-asset.server";
import { deleteObject } from "~/gateways/storage/delete-object.server";
import { objectSize } from "~/gateways/storage/object-size.server";
import { putObject } from "~/gateways/storage/put-object.server";
import { runDeleteObjects } from "~/jobs/delete-objects.server";
import { createAsset, createAttachment, createGrant, createShop } from "../../factories";
import { startTestStorage } from "../../setup/storage";
import { now } from "./upload-file";

beforeAll(async () => {
  await startTestStorage();
});

describe("createLink", () => {
  test("given a title and an address, when a link is made, then it is an asset that leads there", async () => {
    const { id: shopId } = await createShop();

    const result = await createLink({ shopId, title: "  Forum ", url: " https://example.com/a b " });

    expect(result).toMatchObject({ kind: "created" });
    const asset = await db.asset.findFirstOrThrow({ where: { shopId } });
    expect(asset).toMatchObject({ kind: "link", title: "Forum", url: "https://example.com/a%20b" });
  });

  test.each([
    ["bad_title", { title: "  " }],
    ["bad_title", { title: "t".repeat(256) }],
    ["bad_url", { url: "javascript:alert(1)" }],
    ["bad_url", { url: "data:text/html,hello" }],
    ["bad_url", { url: "ftp://example.com" }],
    ["bad_url", { url: "https://" }],
    ["bad_url", { url: "example.com" }],
    ["bad_url", { url: `https://example.com/${"p".repeat(2048)}` }],
  ] as const)("given a %s, when a link is made, then it is refused (%j)", async (reason, input) => {
    const { id: shopId } = await createShop();

    const result = await createLink({ shopId, title: "Forum", url: "https://example.com", ...input });

    expect(result).toEqual({ kind: "refused", reason });
  });
});

describe("changeAsset", () => {
  test("given a file, when it is renamed, then only its title changes and it is told", async () => {
    const { shopId, id: assetId } = await createAsset({ title: "Old" });

    await changeAsset({ shopId, assetId, title: "New", url: "https://example.com", actor: "person:1" });

    expect(await db.asset.findUniqueOrThrow({ where: { id: assetId } })).toMatchObject({ title: "New", url: null });
    expect(await db.auditEntry.findFirst({ where: { shopId } })).toMatchObject({
      action: "asset_changed",
      actor: "person:1",
    });
  });

  test("given a link, when it is led to no web address, then it stays as it is", async () => {
    const { shopId, id: assetId } = await createAsset({ url: "https://example.com/" });

    const result = await changeAsset({ shopId, assetId, title: "New", url: "javascript:1" });

    expect(result).toEqual({ kind: "refused", reason: "bad_url" });
    expect(await findAsset(shopId, assetId)).toMatchObject({ url: "https://example.com/" });
  });
});

describe("archiveAsset", () => {
  test("given an asset, when it is archived and brought back, then it is told each time, and once", async () => {
    const { shopId, id: assetId } = await createAsset();

    for (const archived of [true, true, false, false]) await archiveAsset({ shopId, assetId, archived, now });

    const entries = await db.auditEntry.findMany({ where: { shopId }, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action)).toEqual(["asset_archived", "asset_unarchived"]);
    expect(await findAsset(shopId, assetId)).toMatchObject({ archivedAt: null });
  });
});

describe("deleteAsset", () => {
  test("given an asset nobody was granted, when it is deleted, then its rows go and a job removes its bytes", async () => {
    const { shopId, id: assetId, versions } = await createAsset();
    const storageKeys = versions.map(({ storageKey }) => storageKey);
    for (const key of storageKeys) await putObject(key, "text/plain", new Uint8Array(3));
    await createAttachment({ assetId, detachedAt: now });

    const result = await deleteAsset({ shopId, assetId });

    expect(result).toEqual({ kind: "deleted" });
    expect(await findAsset(shopId, assetId)).toBeNull();
    const queued = await db.$queryRaw<{ payload: { storageKeys: string[] } }[]>`
      SELECT payload FROM graphile_worker._private_jobs WHERE payload::text LIKE ${`%${assetId}%`}`;
    expect(queued.map(({ payload }) => payload)).toEqual([{ storageKeys }]);
    await runDeleteObjects({ storageKeys });
    await runDeleteObjects({ storageKeys });
    expect(await Promise.all(storageKeys.map(objectSize))).toEqual([null]);
  });

  test("given an asset somebody was granted, revoked since or not, when it is deleted, then it is refused", async () => {
    const grant = await createGrant({ state: "revoked", revokedBy: "order", revokedAt: now });

    const result = await deleteAsset({ shopId: grant.shopId, assetId: grant.assetId ?? "" });

    expect(result).toEqual({ kind: "refused", reason: "granted" });
  });

  test("given an asset a product gives, when it is deleted, then it is refused", async () => {
    const { shopId, id: assetId } = await createAsset();
    await createAttachment({ assetId });

    expect(await deleteAsset({ shopId, assetId })).toEqual({ kind: "refused", reason: "attached" });
  });

  test("given an upload under way, when the asset is deleted, then it is refused", async () => {
    const { shopId, id: assetId } = await createAsset({ state: "uploading" });

    expect(await deleteAsset({ shopId, assetId })).toEqual({ kind: "refused", reason: "upload_under_way" });
  });

  test("given an object that is not there, when it is deleted, then that is as good", async () => {
    await expect(deleteObject("shops/none")).resolves.toBeUndefined();
  });
});

test("given an asset of another shop, when its id is used, then it is unknown", async () => {
  const { id: shopId } = await createShop();
  const { id: assetId } = await createAsset();

  const unknown = { kind: "refused", reason: "unknown_asset" };
  expect(await findAsset(shopId, assetId)).toBeNull();
  expect(await findAsset(shopId, "nonsense")).toBeNull();
  expect(await changeAsset({ shopId, assetId, title: "Mine" })).toEqual(unknown);
  expect(await deleteAsset({ shopId, assetId })).toEqual(unknown);
  expect(await archiveAsset({ shopId, assetId, archived: true, now })).toBe(false);
});
