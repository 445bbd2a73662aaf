import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import type { OrderFacts } from "~/domain/order/order-facts";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { createAttachment, createPool } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";

const PRODUCT = "gid://shopify/Product/1";
const DAY_MS = 86_400_000;

async function poolSelling(terms: object, attachment: { accessDays?: number } = {}) {
  const { id: poolId, shopId } = await createPool({ keys: 10, activationLimit: 3 });
  await db.pool.update({ where: { id: poolId }, data: terms });
  const { id } = await createAttachment({ poolId, productId: PRODUCT });
  await db.attachment.update({ where: { id }, data: attachment });
  return { poolId, shopId };
}

function bought(quantity: number): OrderFacts {
  return orderFacts({ lines: [lineFacts({ productId: PRODUCT, quantity })] });
}

function leaving(facts: OrderFacts, currentQuantity: number): OrderFacts {
  const updatedAt = new Date(facts.updatedAt.getTime() + 60_000);
  return { ...facts, updatedAt, lines: facts.lines.map((line) => ({ ...line, currentQuantity })) };
}

const grantsOf = (shopId: string) => db.grant.findMany({ where: { shopId }, orderBy: { unit: "asc" } });

describe("keys sold for the whole line", () => {
  test("given three units are bought, when one is refunded, then there is one key all the time, made of those left", async () => {
    const { shopId } = await poolSelling({ keyFor: "line" });
    const facts = bought(3);

    await reconcileOrder(shopId, facts);
    const sold = await grantsOf(shopId);
    await reconcileOrder(shopId, leaving(facts, 2));

    expect(sold).toMatchObject([{ state: "active", units: 3, keyFor: "line", activationLimit: 3 }]);
    expect(await grantsOf(shopId)).toMatchObject([{ id: sold[0]?.id, state: "active", units: 2 }]);
  });

  test("given all units are refunded, when the order is reconciled, then the key is revoked", async () => {
    const { shopId } = await poolSelling({ keyFor: "line" });
    const facts = bought(2);
    await reconcileOrder(shopId, facts);

    await reconcileOrder(shopId, leaving(facts, 0));

    expect(await grantsOf(shopId)).toMatchObject([{ state: "revoked" }]);
  });
});

describe("what was sold", () => {
  test("given keys were sold by unit, when their pool changes in everything and a unit is refunded, then the rest is as sold", async () => {
    const { poolId, shopId } = await poolSelling({});
    const facts = bought(3);
    await reconcileOrder(shopId, facts);
    const validUntil = new Date("2030-01-01T00:00:00Z");
    await db.pool.update({
      where: { id: poolId },
      data: { keyFor: "line", activationLimit: 1, validDays: 1, validUntil },
    });

    await reconcileOrder(shopId, leaving(facts, 2));

    const live = (await grantsOf(shopId)).filter((grant) => grant.state === "active");
    expect(live).toHaveLength(2);
    expect(live).toMatchObject([
      { keyFor: "unit", activationLimit: 3, expiresAt: null },
      { keyFor: "unit", activationLimit: 3, expiresAt: null },
    ]);
  });
});

describe("how long keys are good", () => {
  const facts = bought(1);
  const paidAt = facts.paidAt?.getTime() ?? facts.processedAt.getTime();
  const after = (days: number) => new Date(paidAt + days * DAY_MS);

  test.each([
    ["days", { validDays: 30 }, {}, after(30)],
    ["days, and its attachment others", { validDays: 30 }, { accessDays: 7 }, after(7)],
    ["days, and its attachment no end", { validDays: 30 }, { accessDays: 0 }, null],
    ["a fixed end", { validUntil: after(10) }, {}, after(10)],
    ["days that are over before a fixed end", { validDays: 5, validUntil: after(10) }, {}, after(5)],
    ["a fixed end before the days are over", { validDays: 30, validUntil: after(10) }, {}, after(10)],
    ["a fixed end, and its attachment no end", { validUntil: after(10) }, { accessDays: 0 }, after(10)],
    ["nothing", {}, {}, null],
  ])("given a pool says %s, when a key is sold, then it ends then", async (_, terms, attachment, end) => {
    const { shopId } = await poolSelling(terms, attachment);

    await reconcileOrder(shopId, bought(1));

    expect(await grantsOf(shopId)).toMatchObject([{ expiresAt: end }]);
  });
});
