import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { dismissGuide } from "~/domain/shop/dismiss-guide.server";
import { findSetupFacts } from "~/domain/shop/find-setup-facts.server";
import { setupGuide } from "~/domain/shop/setup-guide";
import { createAsset, createAttachment, createGrant, createPool, createShop } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");
const nothing = {
  hasAsset: false,
  hasAttachment: false,
  hasKeys: false,
  hasSupportAddress: false,
  hasGrant: false,
};

describe("findSetupFacts", () => {
  test("given a new shop beside a busy one, when facts are asked for, then nothing is done", async () => {
    await createGrant();
    const { id } = await createShop();

    expect(await findSetupFacts(id)).toEqual(nothing);
  });

  test("given a file still uploading, when facts are asked for, then there is no asset yet", async () => {
    const { shopId } = await createAsset({ state: "uploading" });

    expect(await findSetupFacts(shopId)).toEqual(nothing);
  });

  test("given a link, an attachment and an import, when facts are asked for, then those are done", async () => {
    const { id: shopId } = await createShop({ supportAddress: "help@example.com" });
    await createAsset({ shopId, url: "https://example.com" });
    await createAttachment({ shopId, detachedAt: now });
    const pool = await createPool({ shopId });
    const columns = { shopId, poolId: pool.id, fileName: "keys.csv", duplicates: 0, bad: 0, report: {} };
    await db.keyImport.create({ data: { ...columns, added: 1 } });

    expect(await findSetupFacts(shopId)).toEqual({
      hasAsset: true,
      hasAttachment: true,
      hasKeys: true,
      hasSupportAddress: true,
      hasGrant: false,
    });
  });

  test("given a grant that waits for a key, when facts are asked for, then nothing is delivered until it is active", async () => {
    const pool = await createPool();
    const { id, shopId } = await createGrant({ shopId: pool.shopId, poolId: pool.id, state: "waiting" });

    const before = await findSetupFacts(shopId);
    await db.grant.update({ where: { id }, data: { state: "active" } });
    const after = await findSetupFacts(shopId);

    expect([before.hasGrant, after.hasGrant]).toEqual([false, true]);
  });
});

describe("setupGuide", () => {
  test("given nothing is done, when the guide is made, then adding an asset is next and keys are not needed", () => {
    const guide = setupGuide(nothing);

    expect(guide).toMatchObject({ done: 0, counted: 4, next: "add_asset" });
    expect(guide.steps.filter(({ isOptional }) => isOptional).map(({ name }) => name)).toEqual(["import_keys"]);
  });

  test("given keys too were imported, when the guide is made, then they count: it says as many as are ticked", () => {
    const guide = setupGuide({ ...nothing, hasAsset: true, hasKeys: true });

    expect(guide).toMatchObject({ done: 2, counted: 5, next: "attach" });
  });

  test("given all but keys is done, when the guide is made, then nothing is left", () => {
    const facts = { hasAsset: true, hasAttachment: true, hasKeys: false, hasSupportAddress: true, hasGrant: true };

    expect(setupGuide(facts)).toMatchObject({ done: 4, counted: 4, next: null });
  });
});

describe("dismissGuide", () => {
  test("given a guide that was dismissed, when it is dismissed again, then the first moment stays", async () => {
    const { id } = await createShop();
    await dismissGuide(id, now);

    await dismissGuide(id, new Date());

    expect(await db.shop.findUnique({ where: { id } })).toMatchObject({ guideDismissedAt: now });
  });
});
