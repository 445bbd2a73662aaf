import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { findEntitledOrder } from "~/domain/order/entitled-order.server";
import type { OrderFacts } from "~/domain/order/order-facts";
import { releaseOrder } from "~/domain/order/release-order.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { createAttachment, createPool, createShop, openConnections } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";

const PRODUCT = "gid://shopify/Product/1";
const later = (seconds: number) => new Date(Date.parse("2026-01-15T12:00:00Z") + seconds * 1000);

async function shopSelling(given: { file?: boolean; keys?: number; keysPerUnit?: number; policy?: object }) {
  const shop = await createShop(given.policy);
  const attachments = [];
  if (given.file !== false) attachments.push(await createAttachment({ shopId: shop.id, productId: PRODUCT }));
  const pool = given.keys === undefined ? null : await createPool({ shopId: shop.id, keys: given.keys });
  if (pool) {
    attachments.push(
      await createAttachment({ poolId: pool.id, productId: PRODUCT, keysPerUnit: given.keysPerUnit ?? 1 }),
    );
  }
  return { shopId: shop.id, poolId: pool?.id ?? "", attachments };
}

function bought(quantity: number, over: Partial<OrderFacts> = {}) {
  return orderFacts({ lines: [lineFacts({ productId: PRODUCT, quantity })], ...over });
}

function withQuantity(facts: OrderFacts, currentQuantity: number, updatedAt: Date): OrderFacts {
  return { ...facts, updatedAt, lines: facts.lines.map((line) => ({ ...line, currentQuantity })) };
}

function grantsOf(shopId: string) {
  return db.grant.findMany({ where: { shopId }, orderBy: [{ unit: "asc" }], include: { poolKey: true } });
}

async function liveKeys(shopId: string) {
  return (await grantsOf(shopId)).filter((grant) => grant.state === "active" && grant.poolId);
}

function waitingJobs(shopifyId: string) {
  return db.$queryRaw<{ key: string }[]>`
    SELECT key FROM graphile_worker.jobs WHERE key LIKE ${`reconcile_order:%:${shopifyId}`}`;
}

describe("reconcileOrder", () => {
  test.each([
    ["the same", 0],
    ["older", -60],
  ])(
    "given an order known only by reading it, when a webhook of %s facts comes, then a guest can prove by the checkout token",
    async (_, seconds) => {
      const { shopId } = await shopSelling({});
      const facts = bought(1, { customerId: null });
      await reconcileOrder(shopId, { ...facts, checkoutToken: null }, { source: "read" });

      const late = new Date(facts.updatedAt.getTime() + seconds * 1000);
      await reconcileOrder(shopId, { ...facts, updatedAt: late });

      const proof = { customerId: null, checkoutToken: facts.checkoutToken };
      expect(await findEntitledOrder(shopId, facts.shopifyId, proof)).not.toBeNull();
    },
  );

  test("given a product that gives a file, when its order is paid, then the file is granted once for all units", async () => {
    const { shopId } = await shopSelling({});

    const result = await reconcileOrder(shopId, bought(3));

    expect(result).toMatchObject({ kind: "reconciled", granted: 1, waiting: 0 });
    expect(await grantsOf(shopId)).toMatchObject([{ state: "active", units: 3, downloadLimit: 15, used: 0 }]);
  });

  test("given unlimited downloads and 30 days of access, when an order is paid, then the grant has no limit and ends 30 days later", async () => {
    const { shopId } = await shopSelling({ policy: { downloadLimit: null, accessDays: 30 } });

    await reconcileOrder(shopId, bought(1));

    expect(await grantsOf(shopId)).toMatchObject([
      { downloadLimit: null, expiresAt: new Date("2026-02-14T12:00:00Z") },
    ]);
  });

  test("given two keys per unit, when two units are paid, then four different keys are granted", async () => {
    const { shopId } = await shopSelling({ file: false, keys: 10, keysPerUnit: 2 });

    await reconcileOrder(shopId, bought(2));

    const keys = (await liveKeys(shopId)).map((grant) => grant.poolKey?.id);
    expect(new Set(keys).size).toBe(4);
    expect(keys).not.toContain(undefined);
  });

  test("given two keys left, when three units are paid, then two are active and one waits", async () => {
    const { shopId } = await shopSelling({ file: false, keys: 2 });

    expect(await reconcileOrder(shopId, bought(3))).toMatchObject({ granted: 2, waiting: 1 });

    expect((await grantsOf(shopId)).map((grant) => grant.state).sort()).toEqual(["active", "active", "waiting"]);
  });

  test("given a pending order, when it is paid in part, then nothing is granted until all is paid", async () => {
    const { shopId } = await shopSelling({});
    const facts = bought(1, { financialStatus: "pending" });

    await reconcileOrder(shopId, facts);
    await reconcileOrder(shopId, { ...facts, financialStatus: "partially_paid", updatedAt: later(5) });
    expect(await grantsOf(shopId)).toEqual([]);

    await reconcileOrder(shopId, { ...facts, financialStatus: "paid", updatedAt: later(10) });
    expect(await grantsOf(shopId)).toMatchObject([{ state: "active" }]);
  });

  test("given the same facts, when reconciled again, then nothing changes", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);
    const before = await grantsOf(shopId);

    const again = await reconcileOrder(shopId, facts);

    expect(again.kind).toBe("unchanged");
    expect(await grantsOf(shopId)).toEqual(before);
  });

  test("given newer facts are stored, when older ones arrive, then they change nothing", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, { ...facts, cancelledAt: later(60), updatedAt: later(60) });

    const result = await reconcileOrder(shopId, facts);

    expect(result.kind).toBe("stale");
    expect(await grantsOf(shopId)).toEqual([]);
  });

  test("given other facts of the same second, when it is not clear which came first, then one job is to read the order", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);

    const result = await reconcileOrder(shopId, withQuantity(facts, 3, facts.updatedAt));
    await reconcileOrder(shopId, withQuantity(facts, 3, facts.updatedAt));

    expect(result.kind).toBe("deferred");
    expect(await waitingJobs(facts.shopifyId)).toHaveLength(1);
    expect(await liveKeys(shopId)).toHaveLength(2);
  });

  test.each([
    ["first placed and then paid", [0, 1]],
    ["first paid and then placed", [1, 0]],
  ])(
    "given an order placed and paid within one second, when told %s, then it is granted at once and read to be sure",
    async (_name, arrivals) => {
      const { shopId } = await shopSelling({ keys: 5 });
      const facts = bought(2);
      const told = [{ ...facts, financialStatus: "pending" }, facts];

      for (const index of arrivals) await reconcileOrder(shopId, told[index] ?? facts);

      expect(await liveKeys(shopId)).toHaveLength(2);
      expect(await waitingJobs(facts.shopifyId)).toHaveLength(1);
    },
  );

  test("given a unit refunded within the second of the payment, when told in either order, then one unit is live", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    const refunded = { ...withQuantity(facts, 1, facts.updatedAt), financialStatus: "partially_refunded" };

    for (const event of [facts, refunded, facts]) await reconcileOrder(shopId, event);

    expect(await liveKeys(shopId)).toHaveLength(1);
  });

  test("given other facts of the same second, when they were read from Shopify, then they are applied", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, withQuantity(facts, 1, facts.updatedAt), { source: "read" });

    expect(await liveKeys(shopId)).toHaveLength(1);
  });

  test("given an event of the same second overtook a reading, when that arrives, then it changes nothing and the order is read again", async () => {
    const { shopId } = await shopSelling({ keys: 3 });
    const facts = bought(2);
    const askedAt = new Date();
    await reconcileOrder(shopId, facts);
    const before = { ...facts, financialStatus: "pending" };

    const overtaken = await reconcileOrder(shopId, before, { source: "read", askedAt });
    expect(overtaken.kind).toBe("deferred");
    expect(await liveKeys(shopId)).toHaveLength(2);

    const readAgain = { source: "read", askedAt: new Date(Date.now() + 1) } as const;
    expect((await reconcileOrder(shopId, before, readAgain)).kind).toBe("reconciled");
    expect(await liveKeys(shopId)).toHaveLength(0);
  });

  test("given an attachment made after the order was paid, when the order changes, then it does not reach it", async () => {
    const { shopId } = await shopSelling({});
    const facts = bought(1);
    await reconcileOrder(shopId, facts);
    await createAttachment({ shopId, productId: PRODUCT, createdAt: later(60) });

    await reconcileOrder(shopId, withQuantity(facts, 1, later(120)));

    expect(await grantsOf(shopId)).toHaveLength(1);
  });

  test("given an attachment made between placing and the first paid event, when it arrives, then Shopify is asked when it was paid", async () => {
    const { shopId } = await shopSelling({ file: false });
    await createAttachment({ shopId, productId: PRODUCT, createdAt: later(60) });
    const facts = bought(1, { updatedAt: later(120) });

    const result = await reconcileOrder(shopId, facts);
    expect(result.kind).toBe("deferred");
    expect(await grantsOf(shopId)).toEqual([]);

    await reconcileOrder(shopId, { ...facts, paidAt: later(90) }, { source: "read" });
    expect(await grantsOf(shopId)).toHaveLength(1);
  });

  test("given a detached file, when the order that bought it is reconciled again, then the customer keeps it", async () => {
    const { shopId, attachments } = await shopSelling({});
    const facts = bought(2);
    await reconcileOrder(shopId, facts);
    await db.attachment.update({ where: { id: attachments[0]?.id }, data: { detachedAt: later(60) } });

    await reconcileOrder(shopId, withQuantity(facts, 1, later(120)));

    expect(await grantsOf(shopId)).toMatchObject([{ state: "active", units: 1, downloadLimit: 5 }]);
  });

  test("given a changed policy, when an old order is reconciled, then its grants keep the limits they were sold with", async () => {
    const { shopId } = await shopSelling({});
    const facts = bought(1);
    await reconcileOrder(shopId, facts);
    await db.shop.update({ where: { id: shopId }, data: { downloadLimit: 1, accessDays: 1 } });

    await reconcileOrder(shopId, withQuantity({ ...facts, name: "renamed" }, 1, later(60)));

    expect(await grantsOf(shopId)).toMatchObject([{ downloadLimit: 5, expiresAt: null }]);
  });

  test("given three keys, when one unit is refunded, then exactly one key is revoked and never given again", async () => {
    const { shopId } = await shopSelling({ file: false, keys: 3 });
    const facts = bought(3);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, withQuantity({ ...facts, financialStatus: "partially_refunded" }, 2, later(60)));
    await reconcileOrder(shopId, bought(1));

    expect(await liveKeys(shopId)).toHaveLength(2);
    expect(await db.poolKey.count({ where: { shopId, state: "revoked" } })).toBe(1);
    expect(await db.grant.count({ where: { shopId, state: "waiting" } })).toBe(1);
  });

  test("given an amount-only refund, when it arrives, then nothing is revoked", async () => {
    const { shopId } = await shopSelling({ keys: 3 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, { ...facts, financialStatus: "partially_refunded", updatedAt: later(60) });

    expect(await liveKeys(shopId)).toHaveLength(2);
  });

  test("given a cancelled order, when it is un-cancelled, then the same keys come back", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);
    const keys = (await liveKeys(shopId)).map((grant) => grant.poolKey?.id);

    await reconcileOrder(shopId, { ...facts, cancelledAt: later(60), updatedAt: later(60) });
    expect(await liveKeys(shopId)).toEqual([]);
    await reconcileOrder(shopId, { ...facts, updatedAt: later(120) });

    expect((await liveKeys(shopId)).map((grant) => grant.poolKey?.id)).toEqual(keys);
  });

  test("given a product deleted after the sale, when the order is read again, then its grants stay", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);
    const lines = facts.lines.map((line) => ({ ...line, productId: null, variantId: null }));

    await reconcileOrder(shopId, { ...facts, lines, updatedAt: later(60) }, { source: "read" });

    expect(await liveKeys(shopId)).toHaveLength(2);
  });

  test("given facts without protected fields, when they come later, then what was known of the customer stays", async () => {
    const { shopId } = await shopSelling({});
    const facts = bought(1);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, {
      ...facts,
      email: null,
      customerId: null,
      checkoutToken: null,
      updatedAt: later(60),
    });

    expect(await db.order.findFirst({ where: { shopId } })).toMatchObject({
      email: facts.email,
      customerId: facts.customerId,
    });
  });

  test("given another shop's attachment of the same product, when an order is paid, then it gives nothing", async () => {
    await shopSelling({});
    const shop = await createShop();

    await reconcileOrder(shop.id, bought(1));

    expect(await grantsOf(shop.id)).toEqual([]);
  });

  test("given an order of 500 lines, when it is paid, then each line is granted", async () => {
    const { shopId } = await shopSelling({});
    const lines = Array.from({ length: 500 }, () => lineFacts({ productId: PRODUCT }));

    expect(await reconcileOrder(shopId, orderFacts({ lines }))).toMatchObject({ granted: 500 });
  });

  test("given an order that is paid, when it is granted, then one delivery is written with its job and token", async () => {
    const { shopId } = await shopSelling({ keys: 5 });

    const { orderId } = await reconcileOrder(shopId, bought(2));

    const deliveries = await db.delivery.findMany({ where: { orderId } });
    expect(deliveries).toMatchObject([{ kind: "granted", state: "queued" }]);
    const jobs = await db.$queryRaw<object[]>`
      SELECT 1 FROM graphile_worker._private_jobs WHERE payload->>'deliveryId' = ${deliveries[0]?.id}`;
    expect(jobs).toHaveLength(1);
  });

  test("given an order without an address, when it is granted, then its delivery is listed as such", async () => {
    const { shopId } = await shopSelling({});

    const { orderId } = await reconcileOrder(shopId, bought(1, { email: null }));

    expect(await db.delivery.findMany({ where: { orderId } })).toMatchObject([{ state: "unaddressed" }]);
  });

  test("given an order that could not be told for want of an address, when it gets one, then its customer is told, once", async () => {
    const { shopId } = await shopSelling({});
    const facts = bought(1, { email: null });
    const { orderId } = await reconcileOrder(shopId, facts);

    for (const after of [60, 120]) {
      await reconcileOrder(shopId, { ...facts, email: "late@example.com", updatedAt: later(after) });
    }

    const deliveries = await db.delivery.findMany({ where: { orderId }, orderBy: { createdAt: "asc" } });
    expect(deliveries.map(({ state }) => state)).toEqual(["unaddressed", "queued"]);
  });

  test("given high-risk orders are held, when the risk is not known yet, then Shopify is asked before anything opens", async () => {
    const { shopId } = await shopSelling({ keys: 3, policy: { holdHighRisk: true } });
    const facts = bought(1);

    expect((await reconcileOrder(shopId, facts)).kind).toBe("deferred");
    await reconcileOrder(shopId, { ...facts, riskLevel: "high" }, { source: "read" });

    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["held", "held"]);
    expect(await db.poolKey.count({ where: { shopId, state: "available" } })).toBe(3);
    expect(await db.delivery.count({ where: { shopId } })).toBe(0);
  });

  test("given a held order, when a person lets it go, then keys are claimed, the customer is told and it is not held again", async () => {
    const { shopId } = await shopSelling({ keys: 3, policy: { holdHighRisk: true } });
    const facts = bought(2, { riskLevel: "high" });
    const { orderId } = await reconcileOrder(shopId, facts);

    await releaseOrder({ shopId, orderId, actor: "person:7", now: later(30) });
    await reconcileOrder(shopId, { ...facts, updatedAt: later(60) });

    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["active", "active", "active"]);
    expect(await liveKeys(shopId)).toHaveLength(2);
    expect(await db.delivery.count({ where: { shopId } })).toBe(1);
  });

  test("given a held order, when the shop no longer holds, then it stays held until a person lets it go", async () => {
    const { shopId } = await shopSelling({ keys: 3, policy: { holdHighRisk: true } });
    const facts = bought(1, { riskLevel: "high" });
    const { orderId } = await reconcileOrder(shopId, facts);
    await db.shop.update({ where: { id: shopId }, data: { holdHighRisk: false } });

    await reconcileOrder(shopId, { ...facts, riskLevel: null, updatedAt: later(60) });
    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["held", "held"]);

    await releaseOrder({ shopId, orderId, actor: "person:7", now: later(90) });
    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["active", "active"]);
  });

  test("given a held order, when Shopify no longer sees a high risk, then it opens", async () => {
    const { shopId } = await shopSelling({ keys: 3, policy: { holdHighRisk: true } });
    const facts = bought(1, { riskLevel: "high" });
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, { ...facts, riskLevel: "low", updatedAt: later(60) }, { source: "read" });

    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["active", "active"]);
  });

  test("given a high-risk order delivered before the shop began to hold, when it changes, then it stays open", async () => {
    const { shopId } = await shopSelling({ keys: 3 });
    const facts = bought(1, { riskLevel: "high" });
    await reconcileOrder(shopId, facts);
    await db.shop.update({ where: { id: shopId }, data: { holdHighRisk: true } });

    await reconcileOrder(shopId, { ...facts, updatedAt: later(60) });

    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["active", "active"]);
  });

  test("given a delivered order and a shop that holds, when its risk rises, then it is held", async () => {
    const { shopId } = await shopSelling({ keys: 3, policy: { holdHighRisk: true } });
    const facts = bought(1, { riskLevel: "low" });
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, { ...facts, riskLevel: "high", updatedAt: later(60) }, { source: "read" });

    expect((await grantsOf(shopId)).map((grant) => grant.state)).toEqual(["held", "held"]);
  });

  test("given a paid order, when an edit adds an item that is not paid yet, then what was paid for stays and nothing is added", async () => {
    const { shopId } = await shopSelling({ keys: 5 });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, { ...withQuantity(facts, 3, later(60)), financialStatus: "partially_paid" });
    expect(await liveKeys(shopId)).toHaveLength(2);

    await reconcileOrder(shopId, withQuantity(facts, 3, later(120)));
    expect(await liveKeys(shopId)).toHaveLength(3);
  });

  test("given a full refund and a shop that does not revoke for it, when it arrives, then the customer keeps everything", async () => {
    const { shopId } = await shopSelling({ keys: 5, policy: { refundRevokes: false } });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, { ...withQuantity(facts, 0, later(60)), financialStatus: "refunded" });

    expect(await liveKeys(shopId)).toHaveLength(2);
  });

  test.each([
    ["latest", null, 3],
    ["bought", null, 1],
    ["months", 2, 2],
  ] as const)(
    "given the update policy %s, when newer versions come, then the grant gives the right one",
    async (updatePolicy, updateMonths, number) => {
      const { shopId, attachments } = await shopSelling({ policy: { updatePolicy, updateMonths } });
      await reconcileOrder(shopId, bought(1));
      const assetId = attachments[0]?.assetId ?? "";
      for (const [index, readyAt] of [new Date("2026-02-20T00:00:00Z"), new Date("2026-06-01T00:00:00Z")].entries()) {
        await db.assetVersion.create({
          data: {
            shopId,
            assetId,
            number: index + 2,
            state: "ready",
            storageKey: `${assetId}/${index}`,
            fileName: "f",
            contentType: "a/b",
            sizeBytes: 1,
            partSizeBytes: 1,
            readyAt,
          },
        });
      }

      const [given] = await db.$queryRaw<
        { number: number }[]
      >`SELECT "number" FROM "GrantVersion" WHERE "shopId" = ${shopId}::uuid`;
      expect(given?.number).toBe(number);
    },
  );

  test("given one delivery ten times at once, when reconciled, then it is granted once", async () => {
    const { shopId } = await shopSelling({ keys: 10 });
    const facts = bought(2);
    await openConnections(10);

    const results = await Promise.all(Array.from({ length: 10 }, () => reconcileOrder(shopId, facts)));

    expect(results.filter((result) => result.kind === "reconciled")).toHaveLength(1);
    expect(await liveKeys(shopId)).toHaveLength(2);
    expect(await grantsOf(shopId)).toHaveLength(3);
  });

  test("given 30 orders at once for 25 keys, when reconciled, then 25 get a key of their own and 5 wait", async () => {
    const { shopId } = await shopSelling({ file: false, keys: 25 });
    await openConnections(30);

    await Promise.all(Array.from({ length: 30 }, () => reconcileOrder(shopId, bought(1))));

    const grants = await grantsOf(shopId);
    expect(grants.filter((grant) => grant.state === "active" && grant.poolKey)).toHaveLength(25);
    expect(grants.filter((grant) => grant.state === "waiting" && !grant.poolKey)).toHaveLength(5);
  });

  test("given ten events of one order at once, when reconciled, then what is live is what the newest says", async () => {
    const { shopId } = await shopSelling({ keys: 200 });
    await openConnections(10);
    for (let round = 0; round < 10; round++) {
      const facts = bought(9);
      const { orderId } = await reconcileOrder(shopId, facts);

      const events = Array.from({ length: 10 }, (_, age) => withQuantity(facts, 10 - ((age * 7) % 10), later(age + 1)));
      await Promise.all(events.map((event) => reconcileOrder(shopId, event)));

      const newest = events.at(-1)?.lines[0]?.currentQuantity ?? 0;
      const live = await db.grant.count({ where: { orderId, poolId: { not: null }, state: { not: "revoked" } } });
      expect(live).toBe(newest);
    }
  });

  test("given any events of one order, when they arrive in any order and more than once, then the same is live in the end", async () => {
    const event = fc.record({
      quantity: fc.nat(4),
      status: fc.constantFrom("voided", "paid", "partially_refunded", "refunded"),
      isCancelled: fc.boolean(),
    });
    const history = fc.array(event, { minLength: 1, maxLength: 4 }).chain((events) => {
      const twice = [...events.keys(), ...events.keys()];
      return fc.record({
        events: fc.constant(events),
        arrivals: fc.shuffledSubarray(twice, { minLength: twice.length }),
      });
    });

    await fc.assert(
      fc.asyncProperty(history, async ({ events, arrivals }) => {
        const { shopId } = await shopSelling({ keys: 20 });
        const base = bought(4);
        const told = events.map(({ quantity, status, isCancelled }, index) => ({
          ...withQuantity(base, quantity, later(index * 10)),
          financialStatus: status,
          cancelledAt: isCancelled ? later(index * 10) : null,
        }));
        for (const index of arrivals) await reconcileOrder(shopId, told[index] ?? base);

        const last = events.at(-1);
        const isOwed = last && !last.isCancelled && ["paid", "partially_refunded"].includes(last.status);
        const owed = isOwed ? last.quantity : 0;
        const live = (await grantsOf(shopId)).filter((grant) => grant.state === "active");
        expect(live.filter((grant) => grant.poolId)).toHaveLength(owed);
        expect(live.filter((grant) => grant.assetId)).toHaveLength(owed > 0 ? 1 : 0);
        expect(live.find((grant) => grant.assetId)?.downloadLimit ?? null).toBe(owed > 0 ? owed * 5 : null);
      }),
      { numRuns: 40 },
    );
  });
});
