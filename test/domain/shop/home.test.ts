import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { findReport } from "~/domain/compliance/find-report.server";
import { countWeek } from "~/domain/shop/count-week.server";
import { listActivity } from "~/domain/shop/list-activity.server";
import { listConcerns } from "~/domain/shop/list-concerns.server";
import { discardRejected } from "~/domain/webhook/discard-rejected.server";
import { createGrant, createOrder, createPool, createShop } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe("countWeek", () => {
  test("given grants and downloads of this week and before, when they are counted, then only this week's started ones count", async () => {
    const order = await createOrder();
    const { shopId, id: orderId } = order;
    const grant = await createGrant({ orderId, createdAt: daysAgo(1) });
    await createGrant({ orderId, createdAt: daysAgo(2) });
    await createGrant({ shopId, createdAt: daysAgo(8) });
    await createGrant({ createdAt: daysAgo(1) });
    const download = { shopId, grantId: grant.id };
    await db.download.createMany({
      data: [
        { ...download, at: daysAgo(1), outcome: "started" },
        { ...download, at: daysAgo(1), outcome: "limit_reached" },
        { ...download, at: daysAgo(9), outcome: "started" },
      ],
    });

    expect(await countWeek(shopId, now)).toEqual({ grants: 2, orders: 1, downloads: 1 });
  });
});

describe("listActivity", () => {
  test("given audited acts and downloads, when activity is listed, then the newest come first with their order", async () => {
    const order = await createOrder({ name: "#1001" });
    const { shopId, id: orderId } = order;
    const grant = await createGrant({ orderId });
    await db.auditEntry.createMany({
      data: [
        { shopId, at: daysAgo(3), actor: "shopify", action: "granted", orderId },
        { shopId, at: daysAgo(1), actor: "person:7", action: "settings_saved" },
        { shopId, at: daysAgo(9), actor: "person:7", action: "attached" },
      ],
    });
    const download = { shopId, grantId: grant.id };
    await db.download.createMany({
      data: [
        { ...download, at: daysAgo(2), outcome: "started" },
        { ...download, at: daysAgo(4), outcome: "expired" },
      ],
    });
    await createGrant();

    const activity = await listActivity(shopId, 4);

    expect(activity.map(({ action, order }) => [action, order?.name])).toEqual([
      ["settings_saved", undefined],
      ["downloaded", "#1001"],
      ["granted", "#1001"],
      ["refused", "#1001"],
    ]);
  });
});

describe("listConcerns", () => {
  test("given waiting grants in two pools, when concerns are listed, then the pool most wait for comes first", async () => {
    const shop = await createShop();
    const [few, many] = [await createPool({ shopId: shop.id }), await createPool({ shopId: shop.id })];
    await createPool({ shopId: shop.id });
    for (const poolId of [few.id, many.id, many.id]) await createGrant({ shopId: shop.id, poolId, state: "waiting" });

    const { starvedPools } = await listConcerns(shop, now);

    expect(starvedPools).toEqual([
      { id: many.id, name: many.name, waiting: 2 },
      { id: few.id, name: few.name, waiting: 1 },
    ]);
  });

  test("given rejected webhooks of two shops, when one is discarded, then each shop sees its own until it discards it", async () => {
    const [shop, other] = [await createShop(), await createShop()];
    const rejected = await reject(shop.domain);

    await discardRejected(other.domain, rejected.id);
    const before = await listConcerns(shop, now);
    await discardRejected(shop.domain, rejected.id);
    const after = await listConcerns(shop, now);

    expect(before.rejected).toMatchObject([{ id: rejected.id, topic: "orders/paid", reason: "no id" }]);
    expect(after.rejected).toEqual([]);
    expect((await listConcerns(other, now)).rejected).toEqual([]);
  });

  test("given privacy requests, when concerns are listed, then open ones and fresh reports show and the rest does not", async () => {
    const shop = await createShop();
    const open = await request(shop.id, { topic: "customers/redact" });
    const fresh = await request(shop.id, { completedAt: daysAgo(1), report: { orders: [] } });
    await request(shop.id, { completedAt: daysAgo(31), report: { orders: [] } });
    await request(shop.id, { topic: "customers/redact", completedAt: daysAgo(1) });

    const { privacy } = await listConcerns(shop, now);

    expect(privacy.map(({ id, hasReport }) => [id, hasReport]).sort()).toEqual(
      [
        [open.id, false],
        [fresh.id, true],
      ].sort(),
    );
  });
});

describe("listConcerns of orders", () => {
  test("given a shop with no trouble, when concerns are listed, then no order waits for a person", async () => {
    const { shopId, order } = await createGrant();
    await createGrant({ state: "held" });
    await db.order.update({ where: { id: order.id }, data: { disputedAt: daysAgo(31) } });

    const { held, disputed, unfulfilled, sweepProblem } = await listConcerns(await shopOf(shopId), now);

    expect({ held, disputed, unfulfilled, sweepProblem }).toEqual({
      held: 0,
      disputed: 0,
      unfulfilled: [],
      sweepProblem: null,
    });
  });

  test("given orders held, disputed and not taken as fulfilled, when concerns are listed, then each counts once", async () => {
    const { id: shopId } = await createShop();
    const { id: orderId } = await createOrder({ shopId, disputedAt: daysAgo(1), fulfillProblem: "no permission" });
    for (let count = 0; count < 2; count++) await createGrant({ orderId, state: "held" });

    const concerns = await listConcerns(await shopOf(shopId), now);

    expect(concerns).toMatchObject({ held: 1, disputed: 1, unfulfilled: [{ problem: "no permission", orders: 1 }] });
  });

  test.each([
    ["a minute", 1, null],
    ["an hour", 60, "Shopify did not answer"],
  ])(
    "given a sweep that has been kept from going on for %s, when concerns are listed, then it is %s",
    async (_, minutes, problem) => {
      const shop = await createShop();
      const startedAt = new Date(now.getTime() - minutes * 60_000);
      await db.sweep.create({
        data: { shopId: shop.id, from: startedAt, startedAt, problem: "Shopify did not answer" },
      });

      expect(await listConcerns(shop, now)).toMatchObject({ sweepProblem: problem });
    },
  );
});

describe("findReport", () => {
  test("given a report, when its shop, another shop and nobody ask for it, then only its shop gets it", async () => {
    const [shop, other] = [await createShop(), await createShop()];
    const { id } = await request(shop.id, { completedAt: now, report: { orders: ["#1"] } });

    expect(await findReport(shop.id, id)).toEqual({ orders: ["#1"] });
    expect(await findReport(other.id, id)).toBeNull();
    expect(await findReport(shop.id, "not-an-id")).toBeNull();
  });
});

function shopOf(id: string) {
  return db.shop.findUniqueOrThrow({ where: { id } });
}

function reject(shopDomain: string) {
  const columns = { topic: "orders/paid", webhookId: crypto.randomUUID(), reason: "no id", body: "{}" };
  return db.rejectedWebhook.create({ data: { ...columns, shopDomain, receivedAt: now } });
}

function request(shopId: string, columns: { topic?: string; completedAt?: Date; report?: { orders: string[] } }) {
  const webhookId = crypto.randomUUID();
  return db.complianceRequest.create({ data: { topic: "customers/data_request", shopId, webhookId, ...columns } });
}
