import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { attach } from "~/domain/attachment/attach.server";
import { changeAttachment } from "~/domain/attachment/change-attachment.server";
import { AS_SHOP, Terms, type AttachmentTerms } from "~/domain/attachment/terms";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { createAsset, createAttachment, createPool, createShop, openConnections } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";

const PRODUCT = "gid://shopify/Product/1";
const now = new Date("2026-02-01T00:00:00Z");
const actor = "person:7" as const;

const shopsTerms: AttachmentTerms = {
  downloadLimit: null,
  accessDays: null,
  updatePolicy: null,
  updateMonths: null,
  streamOnly: false,
  keysPerUnit: 1,
  instructions: null,
};

function bought(paidAt: Date, quantity = 1) {
  const at = { processedAt: paidAt, updatedAt: paidAt, paidAt };
  return orderFacts({ ...at, lines: [lineFacts({ productId: PRODUCT, quantity })] });
}

function standing(shopId: string) {
  return db.attachment.findMany({ where: { shopId, detachedAt: null } });
}

describe("changeAttachment", () => {
  test("given a file that was sold, when its limits are changed, then later orders get the new ones and the old keep theirs", async () => {
    const { id: attachmentId, shopId } = await createAttachment({ productId: PRODUCT });
    const before = bought(new Date("2026-01-15T12:00:00Z"));
    await reconcileOrder(shopId, before);

    const terms = { ...shopsTerms, downloadLimit: 2, accessDays: 10 };
    const result = await changeAttachment({ shopId, attachmentId, terms, productTitle: "Guide", actor, now });

    expect(result).toMatchObject({ kind: "changed", changed: ["downloadLimit", "accessDays"] });
    await reconcileOrder(shopId, { ...before, updatedAt: new Date("2026-02-02T00:00:00Z"), name: "renamed" });
    await reconcileOrder(shopId, bought(new Date("2026-02-03T12:00:00Z")));
    expect(await db.grant.findMany({ where: { shopId }, orderBy: { createdAt: "asc" } })).toMatchObject([
      { downloadLimit: 5, expiresAt: null },
      { downloadLimit: 2, expiresAt: new Date("2026-02-13T12:00:00Z") },
    ]);
    expect(await db.auditEntry.findMany({ where: { shopId, action: "attachment_changed" } })).toMatchObject([
      { actor, data: { productTitle: "Guide", changed: ["downloadLimit", "accessDays"] } },
    ]);
  });

  test("given keys that were sold, when more are given per unit, then an order paid before gets no more of them", async () => {
    const pool = await createPool({ keys: 9 });
    const { id: attachmentId, shopId } = await createAttachment({ poolId: pool.id, productId: PRODUCT });
    const before = bought(new Date("2026-01-15T12:00:00Z"), 2);
    await reconcileOrder(shopId, before);

    await changeAttachment({ shopId, attachmentId, terms: { ...shopsTerms, keysPerUnit: 3 }, actor, now });
    await reconcileOrder(shopId, { ...before, updatedAt: new Date("2026-02-02T00:00:00Z"), name: "renamed" });

    expect(await db.grant.count({ where: { shopId } })).toBe(2);
  });

  test("given an order paid in the second of the change, when it is granted, then it gets it once", async () => {
    const { id: attachmentId, shopId } = await createAttachment({ productId: PRODUCT });
    const changedAt = new Date("2026-02-01T00:00:00.400Z");
    await changeAttachment({ shopId, attachmentId, terms: { ...shopsTerms, downloadLimit: 2 }, actor, now: changedAt });

    await reconcileOrder(shopId, bought(new Date("2026-02-01T00:00:00Z")));

    expect(await db.grant.findMany({ where: { shopId } })).toMatchObject([{ downloadLimit: 5 }]);
  });

  test("given instructions only, when they are changed, then the attachment stays the one that earlier buyers have", async () => {
    const { id: attachmentId, shopId } = await createAttachment({ productId: PRODUCT });

    const terms = { ...shopsTerms, instructions: "Unpack it first." };
    const result = await changeAttachment({ shopId, attachmentId, terms, actor, now });

    expect(result).toMatchObject({ attachmentId, changed: ["instructions"] });
    expect(await standing(shopId)).toMatchObject([{ id: attachmentId, instructions: "Unpack it first." }]);
  });

  test("given a limit was changed before, when instructions are, then buyers of both limits read them", async () => {
    const { id: first, shopId } = await createAttachment({ productId: PRODUCT });
    const own = { ...shopsTerms, downloadLimit: 2 };
    const limited = await changeAttachment({ shopId, attachmentId: first, terms: own, actor, now });
    const second = limited.kind === "changed" ? limited.attachmentId : "";

    const terms = { ...own, accessDays: 9, instructions: "Unpack it first." };
    await changeAttachment({ shopId, attachmentId: second, terms, actor, now });

    const all = await db.attachment.findMany({ where: { shopId }, orderBy: { id: "asc" } });
    expect(all.map(({ instructions }) => instructions)).toEqual(all.map(() => "Unpack it first."));
    expect(all).toHaveLength(3);
  });

  test("given the terms it has, when they are saved again, then nothing changes and nothing is noted", async () => {
    const { id: attachmentId, shopId } = await createAttachment({ productId: PRODUCT });

    const result = await changeAttachment({ shopId, attachmentId, terms: shopsTerms, actor, now });

    expect(result).toEqual({ kind: "changed", attachmentId, changed: [] });
    expect(await db.auditEntry.count({ where: { shopId } })).toBe(0);
  });

  test.each([
    ["song.mp3", "changed"],
    ["film.webm", "changed"],
    ["guide.pdf", "refused"],
  ])("given %s, when it is to be played only, then that is %s", async (fileName, kind) => {
    const asset = await createAsset({ fileName });
    const { id: attachmentId, shopId } = await createAttachment({ assetId: asset.id, productId: PRODUCT });

    const result = await changeAttachment({
      shopId,
      attachmentId,
      terms: { ...shopsTerms, streamOnly: true },
      actor,
      now,
    });

    expect(result.kind).toBe(kind);
    if (result.kind === "refused") expect(result.reason).toBe("not_media");
  });

  test("given another shop's or a detached attachment, when it is changed, then it is refused", async () => {
    const { id: attachmentId, shopId } = await createAttachment({ productId: PRODUCT, detachedAt: now });
    const other = await createShop();

    const change = { attachmentId, terms: shopsTerms, actor, now };
    expect(await changeAttachment({ ...change, shopId })).toEqual({ kind: "refused", reason: "detached" });
    expect(await changeAttachment({ ...change, shopId: other.id })).toEqual({
      kind: "refused",
      reason: "unknown_attachment",
    });
    expect(await changeAttachment({ ...change, shopId, attachmentId: "x" })).toMatchObject({ kind: "refused" });
  });

  test("given eight people change it at once, when all are through, then one attachment stands", async () => {
    const { id: attachmentId, shopId } = await createAttachment({ productId: PRODUCT });
    await openConnections(8);

    const results = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((downloadLimit) =>
        changeAttachment({ shopId, attachmentId, terms: { ...shopsTerms, downloadLimit }, actor, now }),
      ),
    );

    expect(results.filter(({ kind }) => kind === "changed")).toHaveLength(1);
    expect(await standing(shopId)).toHaveLength(1);
  });

  test("given it was detached, when that is undone, then its terms come back with it", async () => {
    const own = { downloadLimit: 2, accessDays: 0, instructions: "Unpack it first." };
    const { id, shopId, assetId } = await createAttachment({ productId: PRODUCT, detachedAt: now });
    await db.attachment.update({ where: { id }, data: own });

    const undone = { shopId, productId: PRODUCT, variantIds: null, assetIds: [assetId ?? ""], poolIds: [], now };
    await attach({ ...undone, likeAttachmentId: id });

    expect(await standing(shopId)).toMatchObject([own]);
  });
});

describe("Terms", () => {
  const asShop = {
    downloadLimit: AS_SHOP,
    accessDays: AS_SHOP,
    updatePolicy: AS_SHOP,
    updateMonths: "",
    streamOnly: "false",
    keysPerUnit: "1",
    instructions: "",
  };

  test.each([
    [{}, shopsTerms],
    [
      { downloadLimit: "unlimited", accessDays: "30" },
      { ...shopsTerms, downloadLimit: 0, accessDays: 30 },
    ],
    [
      { updatePolicy: "months", updateMonths: "6" },
      { ...shopsTerms, updatePolicy: "months", updateMonths: 6 },
    ],
    [
      { updatePolicy: "bought", updateMonths: "6" },
      { ...shopsTerms, updatePolicy: "bought" },
    ],
    [{ instructions: " One\r\nTwo " }, { ...shopsTerms, instructions: "One\nTwo" }],
  ])("given %j, when it is read, then it is %j", (fields, terms) => {
    expect(Terms.parse({ ...asShop, ...fields })).toEqual(terms);
  });

  test.each([
    ["downloadLimit", { downloadLimit: "0" }],
    ["accessDays", { accessDays: "soon" }],
    ["updatePolicy", { updatePolicy: "never" }],
    ["updateMonths", { updatePolicy: "months" }],
    ["keysPerUnit", { keysPerUnit: "101" }],
    ["instructions", { instructions: "x".repeat(2001) }],
  ])("given a bad %s, when it is read, then that field says so", (name, fields) => {
    const result = Terms.safeParse({ ...asShop, ...fields });

    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([name]);
  });
});
