import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { attach, type AttachInput } from "~/domain/attachment/attach.server";
import { createAsset, createAttachment, createPool, createShop, openConnections } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");
const productId = "gid://shopify/Product/1";
const mp3 = "gid://shopify/ProductVariant/11";
const wav = "gid://shopify/ProductVariant/12";

describe("attach", () => {
  test("given files and a pool, when they are attached to a product at once, then each is attached to all of it", async () => {
    const { id: shopId } = await createShop();
    const first = await createAsset({ shopId });
    const second = await createAsset({ shopId });
    const pool = await createPool({ shopId });

    const assetIds = [first.id, second.id];
    const result = await attach({ ...whole(shopId), assetIds, poolIds: [pool.id], keysPerUnit: 2 });

    expect(result).toEqual({ kind: "attached", added: 3 });
    const rows = await db.attachment.findMany({ where: { shopId } });
    expect(rows.map(({ variantId, createdAt }) => ({ variantId, createdAt }))).toEqual(
      rows.map(() => ({ variantId: null, createdAt: now })),
    );
    expect(rows.find(({ poolId }) => poolId === pool.id)?.keysPerUnit).toBe(2);
    expect(rows.filter(({ assetId }) => assetId).map(({ keysPerUnit }) => keysPerUnit)).toEqual([1, 1]);
  });

  test("given two variants, when two files are attached to both, then there are four attachments", async () => {
    const { id: shopId } = await createShop();
    const assets = [await createAsset({ shopId }), await createAsset({ shopId })];

    const assetIds = assets.map(({ id }) => id);
    const result = await attach({ ...whole(shopId), variantIds: [mp3, wav, mp3], assetIds });

    expect(result).toEqual({ kind: "attached", added: 4 });
    expect(await db.attachment.count({ where: { shopId, variantId: mp3 } })).toBe(2);
    expect(await db.attachment.count({ where: { shopId, variantId: wav } })).toBe(2);
  });

  test("given one of two files is attached, when both are attached, then one is new and nothing doubles", async () => {
    const { id: shopId } = await createShop();
    const first = await createAsset({ shopId });
    const second = await createAsset({ shopId });
    await attach({ ...whole(shopId), assetIds: [first.id] });

    const result = await attach({ ...whole(shopId), assetIds: [first.id, second.id] });

    expect(result).toEqual({ kind: "attached", added: 1 });
    expect(await db.attachment.count({ where: { shopId } })).toBe(2);
  });

  test("given a pool that gives one key, when it is attached with two, then what stands is not changed", async () => {
    const pool = await createPool();
    const input = { ...whole(pool.shopId), poolIds: [pool.id] };
    await attach(input);

    const result = await attach({ ...input, keysPerUnit: 2 });

    expect(result).toEqual({ kind: "attached", added: 0 });
    expect(await db.attachment.findMany({ where: { poolId: pool.id } })).toMatchObject([{ keysPerUnit: 1 }]);
  });

  test("given a file that was detached, when it is attached again, then a new attachment begins now", async () => {
    const asset = await createAsset();
    await createAttachment({ assetId: asset.id, productId, detachedAt: new Date("2026-01-01T00:00:00Z") });

    const result = await attach({ ...whole(asset.shopId), assetIds: [asset.id] });

    expect(result).toEqual({ kind: "attached", added: 1 });
    expect(await db.attachment.findFirst({ where: { assetId: asset.id, detachedAt: null } })).toMatchObject({
      createdAt: now,
    });
  });

  test("given a file, when it is attached twelve times at once, then it is attached once", async () => {
    const asset = await createAsset();
    await openConnections(12);

    const input = { ...whole(asset.shopId), assetIds: [asset.id] };
    const results = await Promise.all(Array.from({ length: 12 }, () => attach(input)));

    expect(results.map((result) => (result.kind === "attached" ? result.added : -1)).sort()).toEqual([
      ...Array.from({ length: 11 }, () => 0),
      1,
    ]);
    expect(await db.attachment.count({ where: { assetId: asset.id } })).toBe(1);
  });

  test("given one good and one unknown file, when both are attached, then neither is", async () => {
    const asset = await createAsset();

    const result = await attach({ ...whole(asset.shopId), assetIds: [asset.id, randomUUID()] });

    expect(result).toEqual({ kind: "refused", reason: "unknown_asset" });
    expect(await db.attachment.count({ where: { shopId: asset.shopId } })).toBe(0);
  });

  test("given another shop's file or pool, when it is attached, then it is unknown", async () => {
    const { id: shopId } = await createShop();
    const asset = await createAsset();
    const pool = await createPool({ keys: 1 });

    const files = await attach({ ...whole(shopId), assetIds: [asset.id] });
    const keys = await attach({ ...whole(shopId), poolIds: [pool.id] });

    expect(files).toEqual({ kind: "refused", reason: "unknown_asset" });
    expect(keys).toEqual({ kind: "refused", reason: "unknown_pool" });
    expect(await db.attachment.count({ where: { shopId } })).toBe(0);
  });

  test("given an archived file, an archived pool or a file still uploading, when it is attached, then it is refused", async () => {
    const { id: shopId } = await createShop();
    const archived = await createAsset({ shopId, archivedAt: now });
    const uploading = await createAsset({ shopId, state: "uploading" });
    const pool = await createPool({ shopId });
    await db.pool.update({ where: { id: pool.id }, data: { archivedAt: now } });

    const results = [
      await attach({ ...whole(shopId), assetIds: [archived.id] }),
      await attach({ ...whole(shopId), assetIds: [uploading.id] }),
      await attach({ ...whole(shopId), poolIds: [pool.id] }),
    ];

    expect(results.map((result) => result.kind === "refused" && result.reason)).toEqual([
      "archived",
      "unfinished_upload",
      "archived",
    ]);
  });

  test.each([
    ["nothing_chosen", { assetIds: [] }],
    ["nothing_chosen", { variantIds: [] }],
    ["bad_product_id", { productId: "gid://shopify/Product/1'; DROP TABLE" }],
    ["bad_product_id", { productId: "gid://shopify/Collection/1" }],
    ["bad_product_id", { productId: "1" }],
    ["bad_variant_id", { variantIds: [mp3, productId] }],
    ["bad_keys_per_unit", { keysPerUnit: 0 }],
    ["bad_keys_per_unit", { keysPerUnit: 1.5 }],
    ["bad_keys_per_unit", { keysPerUnit: 101 }],
    ["unknown_asset", { assetIds: ["not-an-id"] }],
    ["unknown_pool", { poolIds: ["not-an-id"] }],
  ] satisfies [string, Partial<AttachInput>][])(
    "given bad input, when it is attached, then %s is refused",
    async (reason, bad) => {
      const asset = await createAsset();

      const result = await attach({ ...whole(asset.shopId), assetIds: [asset.id], ...bad });

      expect(result).toEqual({ kind: "refused", reason });
      expect(await db.attachment.count({ where: { shopId: asset.shopId } })).toBe(0);
    },
  );

  test("given a person, when they attach a file, then the audit names it once, however often they do", async () => {
    const asset = await createAsset({ title: "Field guide" });
    const input: AttachInput = {
      ...whole(asset.shopId),
      assetIds: [asset.id],
      actor: "person:7",
      productTitle: "Guide",
    };

    await attach(input);
    await attach(input);

    const entries = await db.auditEntry.findMany({ where: { shopId: asset.shopId } });
    expect(entries).toMatchObject([
      { actor: "person:7", action: "attached", data: { productTitle: "Guide", titles: ["Field guide"], count: 1 } },
    ]);
  });
});

function whole(shopId: string): AttachInput {
  return { shopId, productId, variantIds: null, assetIds: [], poolIds: [], now };
}
