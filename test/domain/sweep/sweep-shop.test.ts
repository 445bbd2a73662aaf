import { createPlayedShop } from "../../setup/shopify"; // before all that loads Shopify's library
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { db } from "~/db.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { enqueueSweeps } from "~/domain/sweep/enqueue-sweeps.server";
import { findSweeping } from "~/domain/sweep/find-sweeping.server";
import { sweepShop } from "~/domain/sweep/sweep-shop.server";
import { uninstallShop } from "~/domain/shop/uninstall-shop.server";
import { readOrder } from "~/gateways/shopify/read-order.server";
import { createAsset, createAttachment, createShop } from "../../factories";

const DAY_MS = 86_400_000;

/** A shop with a product that gives a file; its webhooks are all dropped. */
async function createSellingShop() {
  const played = await createPlayedShop();
  const { variants } = played.store.createProduct({ title: "Guide", variants: [{ price: "10" }] }).product;
  const variant = variants[0];
  if (!variant) throw new Error("a product has a variant");
  const asset = await createAsset({ shopId: played.shop.id });
  await createAttachment({ assetId: asset.id, productId: variant.productId });
  const buy = (quantity = 1, lines = 1) =>
    played.store.placeOrder({
      financialStatus: "paid",
      lines: Array.from({ length: lines }, () => ({ variantId: variant.id, quantity })),
    }).order;
  return { ...played, variant, buy };
}

function grantsOf(shopId: string) {
  return db.grant.findMany({ where: { shopId }, include: { order: true, line: true }, orderBy: { createdAt: "asc" } });
}

function lastSweep(shopId: string) {
  return db.sweep.findFirstOrThrow({ where: { shopId }, orderBy: { startedAt: "desc" } });
}

function sweepJobs(shopId: string) {
  return db.$queryRaw<{ key: string }[]>`
    SELECT key FROM graphile_worker._private_jobs WHERE payload->>'shopId' = ${shopId} AND key LIKE 'sweep_shop:%' ORDER BY key`;
}

describe("sweepShop", () => {
  test("given an order whose webhooks were all dropped, when the shop is swept, then it is delivered and counted as repaired", async () => {
    const { shop, buy } = await createSellingShop();
    const order = buy();

    await sweepShop({ shopId: shop.id, isFull: true });

    const [grant, ...others] = await grantsOf(shop.id);
    expect(others).toEqual([]);
    expect(grant).toMatchObject({ state: "active", order: { shopifyId: order.id, name: order.name } });
    expect(await db.delivery.count({ where: { shopId: shop.id, kind: "granted" } })).toBe(1);
    const sweep = await lastSweep(shop.id);
    expect(sweep).toMatchObject({ isFull: true, orders: 1, repaired: 1, problem: null, heldUntil: null });
    expect(await db.shop.findUniqueOrThrow({ where: { id: shop.id } })).toMatchObject({
      sweptUntil: sweep.startedAt,
      fullySweptAt: sweep.startedAt,
    });
    expect(await db.auditEntry.findMany({ where: { shopId: shop.id }, select: { actor: true, action: true } })).toEqual(
      [{ actor: "sweep", action: "granted" }],
    );
  });

  test("given a refund whose webhooks were all dropped, when the shop is swept again, then the grant is taken back", async () => {
    const { shop, store, buy } = await createSellingShop();
    const order = buy();
    await sweepShop({ shopId: shop.id, isFull: true });
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // Shopify counts in seconds
    store.refundOrder(order.id);

    await sweepShop({ shopId: shop.id, isFull: false });

    expect(await grantsOf(shop.id)).toMatchObject([{ state: "revoked", revokedBy: "order" }]);
    expect(await lastSweep(shop.id)).toMatchObject({ isFull: false, orders: 1, repaired: 1 });
  });

  test("given a shop that was swept, when it is swept again, then nothing is written to its orders and nothing counts as repaired", async () => {
    const { shop, buy } = await createSellingShop();
    buy();
    await sweepShop({ shopId: shop.id, isFull: true });
    const rows = () => db.$queryRaw`
      SELECT o.xmin::text AS "order", l.xmin::text AS line, g.xmin::text AS "grant"
      FROM "Order" o JOIN "OrderLine" l ON l."orderId" = o.id JOIN "Grant" g ON g."lineId" = l.id
      WHERE o."shopId" = ${shop.id}::uuid`;
    const before = await rows();

    await sweepShop({ shopId: shop.id, isFull: false });
    await sweepShop({ shopId: shop.id, isFull: true });

    // A lock alone sets no xmin: a row that was written again would have another.
    expect(await rows()).toEqual(before);
    expect(await db.sweep.findMany({ where: { shopId: shop.id }, orderBy: { startedAt: "asc" } })).toMatchObject([
      { isFull: true, orders: 1, repaired: 1 },
      { isFull: false, orders: 1, repaired: 0 },
      { isFull: true, orders: 1, repaired: 0 },
    ]);
    expect(await db.delivery.count({ where: { shopId: shop.id } })).toBe(1);
  });

  test("given more orders than a page, one of them with more lines than a page, when the shop is swept, then each line is granted once", async () => {
    const { shop, buy } = await createSellingShop();
    for (let count = 0; count < 24; count++) buy();
    buy(1, 120);

    await sweepShop({ shopId: shop.id, isFull: true });

    expect(await db.grant.count({ where: { shopId: shop.id, state: "active" } })).toBe(24 + 120);
    expect(await lastSweep(shop.id)).toMatchObject({ orders: 25, repaired: 25 });
  });

  test("given Shopify fails in the middle, when the sweep is repeated, then it goes on after the last page that was done", async () => {
    const { shop, store, buy, adminRequests } = await createSellingShop();
    for (let count = 0; count < 25; count++) buy();
    const failing = failAfter(store, () => adminRequests().filter(isPage).length >= 1);

    await expect(sweepShop({ shopId: shop.id, isFull: true })).rejects.toThrow("Shopify did not answer");
    failing.stop();
    const broken = await lastSweep(shop.id);
    await sweepShop({ shopId: shop.id, isFull: true });

    expect(broken).toMatchObject({ orders: 20, finishedAt: null, problem: "Shopify did not answer", heldUntil: null });
    expect(await lastSweep(shop.id)).toMatchObject({ id: broken.id, orders: 25, repaired: 25, problem: null });
    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(25);
    expect(adminRequests().filter(isPage)).toHaveLength(2);
  });

  test("given an order that fails, when the shop is swept, then all others are delivered, and it has a job of its own that a person hears of", async () => {
    const { shop, buy } = await createSellingShop();
    const [bad] = Array.from({ length: 21 }, () => buy());
    if (!bad) throw new Error("there are orders");
    await db.$executeRawUnsafe(`
      CREATE FUNCTION refuse_bad() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'bad order'; END $$`);
    await db.$executeRawUnsafe(`
      CREATE TRIGGER refuse_bad BEFORE INSERT ON "Order" FOR EACH ROW WHEN (NEW."shopifyId" = '${bad.id}')
      EXECUTE FUNCTION refuse_bad()`);
    onTestFinished(async () => {
      await db.$executeRawUnsafe(`DROP FUNCTION refuse_bad CASCADE`);
    });

    await sweepShop({ shopId: shop.id, isFull: true });

    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(20);
    expect(await lastSweep(shop.id)).toMatchObject({ orders: 21, repaired: 20, problem: null });
    expect((await lastSweep(shop.id)).finishedAt).not.toBeNull();
    const key = `reconcile_order:${shop.id}:${bad.id}`;
    expect(await findSweeping(shop.id, new Date())).toMatchObject({ stuck: 0 });
    await db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET "attempts" = 5, "last_error" = 'bad order' WHERE "key" = ${key}`;
    expect(await findSweeping(shop.id, new Date())).toMatchObject({ stuck: 1, problem: null });
  });

  test("given a sweep that fails, when it has failed, then the shop does not count as swept any further", async () => {
    const { shop, store, buy } = await createSellingShop();
    const sweptUntil = new Date("2026-01-15T12:00:00Z");
    await db.shop.update({ where: { id: shop.id }, data: { sweptUntil } });
    buy();
    store.setFaults({ admin: { status: 503, rate: 1 } });

    await expect(sweepShop({ shopId: shop.id, isFull: false })).rejects.toThrow();

    expect(await db.shop.findUniqueOrThrow({ where: { id: shop.id } })).toMatchObject({ sweptUntil });
  });

  test("given a worker killed in the middle, when another sweeps before its time is over, then it leaves it alone; after that it goes on", async () => {
    const { shop, buy } = await createSellingShop();
    buy();
    const now = Date.now();
    const killed = await db.sweep.create({
      data: { shopId: shop.id, isFull: true, from: new Date(now - DAY_MS), heldUntil: new Date(now + 60_000) },
    });

    await sweepShop({ shopId: shop.id, isFull: true });
    const left = await lastSweep(shop.id);
    await sweepShop({ shopId: shop.id, isFull: true }, () => new Date(now + 61_000));

    expect(left).toMatchObject({ id: killed.id, orders: 0, finishedAt: null });
    expect(await lastSweep(shop.id)).toMatchObject({ id: killed.id, orders: 1, repaired: 1 });
    expect(await grantsOf(shop.id)).toHaveLength(1);
  });

  test("given a page that takes long, when time goes by, then whoever sweeps keeps the sweep", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const { shop, buy } = await createSellingShop();
    buy();
    await sweepShop({ shopId: shop.id, isFull: true });
    const now = Date.now();
    const later = new Date(now + 15_000);
    let clock = new Date(now);

    await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "shopId" = ${shop.id}::uuid FOR UPDATE`;
      void sweepShop({ shopId: shop.id, isFull: true }, () => clock);
      await expect.poll(async () => (await lastSweep(shop.id)).heldUntil).not.toBeNull();
      clock = later;
      vi.advanceTimersByTime(5_000);
      await expect.poll(async () => (await lastSweep(shop.id)).heldUntil?.getTime()).toBe(now + 35_000);
    });

    await expect.poll(async () => (await lastSweep(shop.id)).finishedAt).toEqual(later);
    expect((await lastSweep(shop.id)).heldUntil).toBeNull();
  });

  test("given eight workers, when all sweep a shop at once, then each order is granted once and counts as repaired once", async () => {
    const { shop, buy } = await createSellingShop();
    buy();

    await Promise.all(Array.from({ length: 8 }, () => sweepShop({ shopId: shop.id, isFull: true })));

    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(1);
    expect(await db.delivery.count({ where: { shopId: shop.id } })).toBe(1);
    const { _sum } = await db.sweep.aggregate({ where: { shopId: shop.id }, _sum: { repaired: true } });
    expect(_sum).toEqual({ repaired: 1 });
  });

  test("given a sweep that takes long, when its stretch is over, then the rest is left to a further job, which ends it", async () => {
    const { shop, buy } = await createSellingShop();
    for (let count = 0; count < 21; count++) buy();
    let calls = 0;
    const hurried = () => new Date(Date.now() + calls++ * 2_000);

    await sweepShop({ shopId: shop.id, isFull: true }, hurried);
    const left = await lastSweep(shop.id);
    const jobs = await sweepJobs(shop.id);
    await sweepShop({ shopId: shop.id, isFull: true }, () => new Date(Date.now() + 120_000));

    expect(left).toMatchObject({ orders: 20, finishedAt: null, heldUntil: null });
    expect(jobs).toEqual([{ key: `sweep_shop:${shop.id}:full` }]);
    expect(await lastSweep(shop.id)).toMatchObject({ id: left.id, orders: 21, problem: null });
    expect((await lastSweep(shop.id)).finishedAt).not.toBeNull();
  });

  test("given a sweep that stuck for a day, when it is taken up, then it begins anew", async () => {
    const { shop, buy } = await createSellingShop();
    buy();
    const startedAt = new Date(Date.now() - 2 * DAY_MS);
    await db.sweep.create({
      data: { shopId: shop.id, isFull: true, from: startedAt, startedAt, cursor: "no cursor of Shopify's any more" },
    });

    await sweepShop({ shopId: shop.id, isFull: true });

    expect(await lastSweep(shop.id)).toMatchObject({ orders: 1, problem: null });
    const { sweptUntil } = await db.shop.findUniqueOrThrow({ where: { id: shop.id } });
    expect(sweptUntil?.getTime()).toBeGreaterThan(startedAt.getTime() + DAY_MS);
  });

  test("given a shop that has left, when it is to be swept, then Shopify is not asked", async () => {
    const { shop, adminRequests } = await createSellingShop();
    await uninstallShop(shop.domain, new Date());

    await sweepShop({ shopId: shop.id, isFull: true });

    expect(adminRequests()).toEqual([]);
    expect(await db.sweep.count({ where: { shopId: shop.id } })).toBe(0);
  });

  test("given a shop that left and came back, when it is swept, then what happened meanwhile is caught up with", async () => {
    const { shop, buy, adminRequests } = await createSellingShop();
    const sweptUntil = new Date(Date.now() - 3 * DAY_MS);
    await db.shop.update({ where: { id: shop.id }, data: { sweptUntil } });
    buy();

    await sweepShop({ shopId: shop.id, isFull: false });

    const asked = adminRequests().find(isPage)?.variables.query;
    expect(asked).toBe(`updated_at:>='${new Date(sweptUntil.getTime() - 300_000).toISOString()}' AND status:any`);
    expect(await grantsOf(shop.id)).toHaveLength(1);
  });

  test("given Shopify throttles, when the shop is swept, then it waits as long as Shopify says and goes on", async () => {
    const { shop, post, store, buy, adminRequests } = await createSellingShop();
    buy();
    const token = store.accessTokens.issueLastingOffline(shop.domain);
    const spend = (points: number) =>
      post(
        "/admin/api/2026-07/graphql.json",
        { query: `{ ${Array.from({ length: points }, (_, index) => `a${index}: shop { id }`).join(" ")} }` },
        { "x-shopify-access-token": token, "x-sandbox-shop": shop.domain },
      );
    await spend(990);
    await spend(400);
    const begun = Date.now();

    await sweepShop({ shopId: shop.id, isFull: true });

    const errors = adminRequests()
      .filter(isPage)
      .map((request) => request.errors);
    expect(errors).toEqual([["Throttled"], []]);
    expect(Date.now() - begun).toBeGreaterThan(200);
    expect(await lastSweep(shop.id)).toMatchObject({ orders: 1, problem: null });
  });
});

describe("enqueueSweeps", () => {
  test("given shops old and new, when sweeps are due, then each gets what it lacks, and the next time is set", async () => {
    const now = new Date();
    const yesterday = new Date(now.getTime() - DAY_MS);
    const fresh = await createShop();
    const swept = await createShop({ sweptUntil: yesterday, fullySweptAt: now });
    const due = await createShop({ sweptUntil: yesterday, fullySweptAt: yesterday });
    const gone = await createShop({ uninstalledAt: now });

    await enqueueSweeps(now, 600);
    await enqueueSweeps(now, 600);

    const keys = async ({ id }: { id: string }) => (await sweepJobs(id)).map(({ key }) => key.split(":")[2]);
    expect(await keys(fresh)).toEqual(["full"]);
    expect(await keys(swept)).toEqual(["recent"]);
    expect(await keys(due)).toEqual(["full", "recent"]);
    expect(await keys(gone)).toEqual([]);
    const next = await db.$queryRaw`SELECT run_at FROM graphile_worker._private_jobs WHERE key = 'sweep'`;
    expect(next).toEqual([{ run_at: new Date(now.getTime() + 600_000) }]);
  });
});

describe("an order read that says what is stored", () => {
  test("given an order put off because its payment fell into the making of an attachment, when it is read, then it is granted", async () => {
    const { shop, variant, buy } = await createSellingShop();
    const { id } = buy();
    const read = await readOrder(shop.domain, id);
    if (!read) throw new Error("the order is there");
    const { productId } = variant;
    await db.attachment.updateMany({ where: { shopId: shop.id, productId }, data: { createdAt: read.updatedAt } });
    const event = {
      ...read,
      riskLevel: null,
      paidAt: null,
      processedAt: new Date(read.processedAt.getTime() - 60_000),
    };
    const deferred = await reconcileOrder(shop.id, event, { source: "event" });

    const result = await reconcileOrder(shop.id, { ...read, paidAt: new Date() }, { source: "read" });

    expect(deferred.kind).toBe("deferred");
    expect(result).toMatchObject({ kind: "reconciled", granted: 1 });
  });
});

function isPage({ operation }: { operation: string | null }) {
  return operation === "ListUpdatedOrders";
}

/** Lets the Admin API fail as soon as `when` says so, asked after every call. */
function failAfter(store: Awaited<ReturnType<typeof createPlayedShop>>["store"], when: () => boolean) {
  const timer = setInterval(() => {
    if (when()) store.setFaults({ admin: { status: 503, rate: 1 } });
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      store.clearFaults();
    },
  };
}
