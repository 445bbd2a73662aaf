import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { carryOnRun } from "~/domain/bulk-run/carry-on-run.server";
import { startDryRun } from "~/domain/bulk-run/start-dry-run.server";
import type { DryRunInput } from "~/domain/bulk-run/run-input";
import { extendGrant } from "~/domain/grant/extend-grant.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { createAsset, createAttachment, createOrder, createPool, createShop } from "../../factories";
import { attachedAt, fullyRefunded, now, PRODUCT, seconds, shopThatSold, soldOrder, tryOut } from "./bulk-run-setup";

type Policy = Extract<DryRunInput, { about: "settings" }>["policy"];

const startPolicy: Policy = {
  downloadLimit: 5,
  accessDays: null,
  updatePolicy: "latest",
  updateMonths: null,
  refundRevokes: true,
  holdHighRisk: false,
};

const settings = (over: Partial<Policy>): DryRunInput => ({ about: "settings", policy: { ...startPolicy, ...over } });

/** A shop that sells a file, with orders of it. */
async function shopSelling(over: Parameters<typeof soldOrder>[1][] = [{}]) {
  const { id: shopId } = await createShop();
  const attachment = await createAttachment({ shopId, productId: PRODUCT });
  const sold = over.map((one) => soldOrder(2, one));
  for (const facts of sold) await reconcileOrder(shopId, facts);
  return { shopId, attachment, sold };
}

describe("a dry run", () => {
  test("given the settings as they are, when they are tried, then nothing would differ", async () => {
    const { shopId } = await shopSelling([{}, { financialStatus: "pending" }, { cancelledAt: seconds(5) }]);

    const run = await tryOut(shopId, settings({}));

    expect(run).toMatchObject({ state: "done", done: 3, total: 3, report: { orders: 0, rows: [] } });
  });

  test("given other limits, days and updates, when they are tried, then each order that would differ is named", async () => {
    const { shopId, sold } = await shopSelling([{}, {}]);

    const run = await tryOut(shopId, settings({ downloadLimit: 3, accessDays: 30, updatePolicy: "bought" }));

    expect(run.report).toMatchObject({ orders: 2, more: 0, less: 0, limits: 2, ends: 2, versions: 2 });
    const { rows } = run.report as { rows: { name: string }[] };
    expect(rows.map(({ name }) => name).sort()).toEqual(sold.map(({ name }) => name).sort());
  });

  test("given a proposal, when it is tried, then no grant, delivery, audit or setting is written", async () => {
    const { shopId } = await shopSelling([{ riskLevel: "high" }]);
    const everything = () =>
      Promise.all([
        db.shop.findMany(),
        db.order.findMany(),
        db.grant.findMany(),
        db.delivery.findMany(),
        db.auditEntry.findMany(),
        db.attachment.findMany(),
        db.alsoGiven.findMany(),
      ]);
    const before = await everything();

    await tryOut(shopId, settings({ downloadLimit: null, holdHighRisk: true }));

    expect(await everything()).toEqual(before);
  });

  test("given a grant that a person extended, when another limit is tried, then that grant counts as settled", async () => {
    const { shopId } = await shopSelling();
    const grant = await db.grant.findFirstOrThrow({ where: { shopId } });
    const seen = { expiresAt: grant.expiresAt, downloadLimit: grant.downloadLimit };
    await extendGrant({ shopId, grantId: grant.id, days: 0, downloads: 5, seen, actor: "person:7", now });

    expect((await tryOut(shopId, settings({ downloadLimit: 3 }))).report).toMatchObject({ orders: 0 });
  });

  test("given high-risk orders, when holding them is tried, then those would be held and those of unknown risk are counted", async () => {
    const { shopId } = await shopSelling([{ riskLevel: "high" }, { riskLevel: "low" }, { riskLevel: null }]);

    const { report } = await tryOut(shopId, settings({ holdHighRisk: true }));

    expect(report).toMatchObject({ orders: 1, held: 1, opened: 0, riskUnknown: 1, rows: [{ hold: "held" }] });
  });

  test("given a held order, when not holding is tried, then it would be open", async () => {
    const { id: shopId } = await createShop({ holdHighRisk: true });
    await createAttachment({ shopId, productId: PRODUCT });
    await reconcileOrder(shopId, soldOrder(1, { riskLevel: "high" }));

    expect((await tryOut(shopId, settings({}))).report).toMatchObject({ orders: 1, opened: 1 });
  });

  test("given a refunded order, when keeping is tried, then what the refund took would be there", async () => {
    const { shopId, sold } = await shopSelling();
    await reconcileOrder(shopId, fullyRefunded(sold[0] ?? soldOrder(), seconds(60)));

    expect((await tryOut(shopId, settings({ refundRevokes: false }))).report).toMatchObject({ orders: 1, more: 1 });
    expect((await tryOut(shopId, settings({}))).report).toMatchObject({ orders: 0 });
  });

  test("given a refunded order that kept everything, when revoking is tried, then that would be gone", async () => {
    const { id: shopId } = await createShop({ refundRevokes: false });
    await createAttachment({ shopId, productId: PRODUCT });
    const facts = soldOrder();
    await reconcileOrder(shopId, facts);
    await reconcileOrder(shopId, fullyRefunded(facts, seconds(60)));

    expect((await tryOut(shopId, settings({}))).report).toMatchObject({ orders: 1, less: 1 });
  });

  test("given something to attach, when it is tried, then its past buyers would have it, and others would not", async () => {
    const { shopId } = await shopSelling([{}, {}]);
    await reconcileOrder(shopId, soldOrder(1, { lines: [] }));
    const asset = await createAsset({ shopId });
    const pool = await createPool({ shopId });
    const place = { productId: PRODUCT, variantId: null, assetId: null, poolId: null, keysPerUnit: 3 };
    const attachments = [
      { ...place, assetId: asset.id },
      { ...place, poolId: pool.id },
    ];

    const { report } = await tryOut(shopId, { about: "attach", titles: [], attachments });

    expect(report).toMatchObject({ orders: 2, more: 14, limits: 0 });
    expect(await db.attachment.count({ where: { shopId, assetId: asset.id } })).toBe(0);
  });

  test("given what is attached already, when attaching it is tried, then nothing would differ", async () => {
    const { shopId, attachment } = await shopSelling();
    const { productId, variantId, assetId, poolId } = attachment;
    const attachments = [{ productId, variantId, assetId, poolId, keysPerUnit: 1 }];

    expect((await tryOut(shopId, { about: "attach", titles: [], attachments })).report).toMatchObject({ orders: 0 });
  });

  test("given an attachment, when fewer keys and another limit are tried, then only its own orders would differ", async () => {
    const { id: shopId } = await createShop();
    const pool = await createPool({ shopId, keys: 20 });
    const keys = await createAttachment({ poolId: pool.id, productId: PRODUCT, keysPerUnit: 3 });
    await reconcileOrder(shopId, soldOrder(2));
    await createAttachment({ shopId, productId: PRODUCT, createdAt: attachedAt });
    const shops = { downloadLimit: null, accessDays: null, updatePolicy: null, updateMonths: null };

    const proposal: DryRunInput = { about: "attachment", titles: [], attachmentId: keys.id, ...shops, keysPerUnit: 1 };

    expect((await tryOut(shopId, proposal)).report).toMatchObject({ orders: 1, less: 4, more: 0 });
  });

  test("given more than 1,000 orders, when it is tried, then the last 1,000 are looked at and 50 are shown", async () => {
    const { shopId } = await shopThatSold({ orders: 0 });
    const lines = [{ productId: PRODUCT }];
    for (let index = 0; index < 1_003; index++) {
      await createOrder({
        shopId,
        lines,
        processedAt: seconds(index),
        updatedAt: seconds(index),
        paidAt: seconds(index),
      });
    }
    const { attachmentId } = { attachmentId: (await db.attachment.findFirstOrThrow({ where: { shopId } })).id };
    await db.attachment.update({ where: { id: attachmentId }, data: { createdAt: new Date("2020-01-01T00:00:00Z") } });

    const run = await tryOut(shopId, settings({}));

    expect(run).toMatchObject({ state: "done", done: 1_000, total: 1_000, report: { orders: 1_000, more: 1_000 } });
    const { rows } = run.report as { rows: { processedAt: string }[] };
    expect(rows).toHaveLength(50);
    expect(rows[0]?.processedAt).toBe(seconds(1_002).toISOString());
  });

  test("given no orders at all, when it is tried, then it is done at once", async () => {
    const { id: shopId } = await createShop();

    expect(await tryOut(shopId, settings({}))).toMatchObject({ state: "done", done: 0, total: 0 });
  });

  test("given a dry run under way, when another proposal is tried, then the first one is given up", async () => {
    const { shopId } = await shopSelling();
    const start = (over: Partial<Policy>) =>
      startDryRun({ shopId, proposal: settings(over), actor: "person:7", now: new Date() });

    const first = await start({ downloadLimit: 1 });
    const second = await start({ downloadLimit: 2 });
    await carryOnRun(first);

    expect(await db.bulkRun.findUnique({ where: { id: first } })).toMatchObject({ state: "cancelled", done: 0 });
    expect(await db.bulkRun.findUnique({ where: { id: second } })).toMatchObject({ state: "queued" });
  });
});
