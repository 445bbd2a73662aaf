import { createPlayedShop } from "../../setup/shopify"; // before all that loads Shopify's library
import { describe, expect, test } from "vitest";
import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { fulfillOrder, LACKS_PERMISSION } from "~/domain/fulfillment/fulfill-order.server";
import { listUnfulfilled } from "~/domain/fulfillment/list-unfulfilled.server";
import { retryFulfillment } from "~/domain/fulfillment/retry-fulfillment.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { readOrder } from "~/gateways/shopify/read-order.server";
import { createAsset, createAttachment, createPool } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");
const readOnly = "read_customers,read_orders,read_products";
const scopes = `${readOnly},read_merchant_managed_fulfillment_orders,write_merchant_managed_fulfillment_orders`;

type Sold = { requiresShipping?: boolean; gives?: "file" | "keys" | "nothing"; quantity?: number };

/** An order, reconciled, of a line for each of `sold`; keys come from an empty pool. */
async function createSoldOrder(sold: Sold[], shopColumns: Prisma.ShopUpdateInput = {}, granted = scopes) {
  const played = await createPlayedShop(granted);
  const { store, shop } = played;
  await db.shop.update({ where: { id: shop.id }, data: shopColumns });
  const lines = [];
  for (const { requiresShipping = false, gives = "file", quantity = 1 } of sold) {
    const { product } = store.createProduct({ title: "Thing", variants: [{ price: "10", requiresShipping }] });
    if (gives === "file") {
      await createAttachment({ assetId: (await createAsset({ shopId: shop.id })).id, productId: product.id });
    }
    if (gives === "keys") {
      await createAttachment({ poolId: (await createPool({ shopId: shop.id })).id, productId: product.id });
    }
    lines.push({ variantId: product.variants[0]?.id ?? "", quantity });
  }
  const placed = store.placeOrder({ financialStatus: "paid", lines }).order;
  const facts = await readOrder(shop.domain, placed.id);
  if (!facts) throw new Error("the order is there");
  const { orderId } = await reconcileOrder(shop.id, facts, { source: "read" });
  const { adminRequests } = played;
  return {
    ...played,
    input: { shopId: shop.id, orderId, now },
    placed: () => store.findOrder(placed.id, shop.domain) ?? placed,
    created: () => adminRequests().filter(({ operation }) => operation === "FulfillLines"),
    stored: () => db.order.findUniqueOrThrow({ where: { id: orderId } }),
    audited: () => db.auditEntry.findMany({ where: { orderId, action: { in: ["fulfilled", "unfulfilled"] } } }),
  };
}

describe("fulfillOrder", () => {
  test("given lines that gave something and one that did not, when the order is fulfilled, then only the former are, without a mail by Shopify", async () => {
    const { input, placed, created, stored, audited } = await createSoldOrder([{ quantity: 2 }, { gives: "nothing" }]);

    await fulfillOrder(input);

    expect(placed().lines.map((line) => line.fulfilledQuantity)).toEqual([2, 0]);
    expect(created()).toMatchObject([{ errors: [], variables: { fulfillment: { notifyCustomer: false } } }]);
    expect(await stored()).toMatchObject({ fulfilledAt: now, fulfillProblem: null });
    expect(await audited()).toMatchObject([{ actor: "worker", action: "fulfilled" }]);
  });

  test("given a shop that wants Shopify's mail, when the order is fulfilled, then Shopify is to notify the customer", async () => {
    const { input, created } = await createSoldOrder([{}], { fulfillNotifies: true });

    await fulfillOrder(input);

    expect(created()).toMatchObject([{ variables: { fulfillment: { notifyCustomer: true } } }]);
  });

  test("given a book that is shipped and gives a file too, when the order is fulfilled, then the book is left to be shipped", async () => {
    const { input, placed, stored } = await createSoldOrder([{ requiresShipping: true }]);

    await fulfillOrder(input);

    expect(placed().lines.map((line) => line.fulfilledQuantity)).toEqual([0]);
    expect(await stored()).toMatchObject({ fulfilledAt: null, fulfillProblem: null });
  });

  test("given a line that waits for its key, when the order is fulfilled, then that line is not; once the key is there it is", async () => {
    const { input, placed } = await createSoldOrder([{}, { gives: "keys" }]);

    await fulfillOrder(input);
    const before = placed().lines.map((line) => line.fulfilledQuantity);
    await db.grant.updateMany({ where: { orderId: input.orderId, state: "waiting" }, data: { state: "active" } });
    await fulfillOrder(input);

    expect(before).toEqual([1, 0]);
    expect(placed().lines.map((line) => line.fulfilledQuantity)).toEqual([1, 1]);
  });

  test("given a worker killed between Shopify's yes and our mark, when the job runs again, then nothing is fulfilled twice and the mark is made", async () => {
    const { input, placed, created, stored, audited } = await createSoldOrder([{}]);
    await fulfillOrder(input);
    await db.order.update({ where: { id: input.orderId }, data: { fulfilledAt: null } });
    await db.auditEntry.deleteMany({ where: { orderId: input.orderId, action: "fulfilled" } });

    await fulfillOrder(input);
    await fulfillOrder(input);

    expect(placed().fulfillments).toHaveLength(1);
    expect(created()).toHaveLength(1);
    expect(await stored()).toMatchObject({ fulfilledAt: now });
    expect(await audited()).toHaveLength(1);
  });

  test("given two workers, when both fulfill an order at once, then each line is fulfilled once and nobody is told of a problem", async () => {
    const { input, placed, stored, audited } = await createSoldOrder([{}, {}]);

    await Promise.all([fulfillOrder(input), fulfillOrder(input)]);

    expect(placed().lines.map((line) => line.fulfilledQuantity)).toEqual([1, 1]);
    expect(await stored()).toMatchObject({ fulfilledAt: now, fulfillProblem: null });
    expect((await audited()).map(({ action }) => action)).not.toContain("unfulfilled");
  });

  test("given the permission is missing, when orders are fulfilled again and again, then one concern says so and nothing is thrown", async () => {
    const { input, stored, audited } = await createSoldOrder([{}], {}, readOnly);

    await fulfillOrder(input);
    await fulfillOrder(input);

    expect(await stored()).toMatchObject({ fulfilledAt: null, fulfillProblem: LACKS_PERMISSION });
    expect(await listUnfulfilled(input.shopId)).toEqual([{ problem: LACKS_PERMISSION, orders: 1 }]);
    expect(await audited()).toMatchObject([{ action: "unfulfilled", data: { problem: LACKS_PERMISSION } }]);
  });

  test("given the permission was missing and is granted, when a person tries again, then the order is fulfilled and the concern is gone", async () => {
    const { input, store, shop, stored } = await createSoldOrder([{}], {}, readOnly);
    await fulfillOrder(input);
    store.shop(shop.domain).grantedScopes.push(...scopes.split(","));

    const retried = await retryFulfillment(shop.id);
    await fulfillOrder(input);

    expect(retried).toBe(1);
    expect(await stored()).toMatchObject({ fulfilledAt: now, fulfillProblem: null });
    expect(await listUnfulfilled(shop.id)).toEqual([]);
  });

  test("given Shopify is down, when the order is to be fulfilled, then it throws to be repeated and no person is bothered", async () => {
    const { input, store, stored } = await createSoldOrder([{}]);
    store.setFaults({ admin: { status: 503, rate: 1 } });

    await expect(fulfillOrder(input)).rejects.toThrow("Shopify did not answer");

    expect(await stored()).toMatchObject({ fulfilledAt: null, fulfillProblem: null });
  });

  test.each([
    ["a shop that wants no marks", { fulfillLines: false }],
    ["a shop that has left", { uninstalledAt: now }],
  ])("given %s, when the job runs, then Shopify is not asked", async (_, columns) => {
    const { input, adminRequests } = await createSoldOrder([{}]);
    await db.shop.update({ where: { id: input.shopId }, data: columns });
    const asked = adminRequests().length;

    await fulfillOrder(input);

    expect(adminRequests()).toHaveLength(asked);
  });
});

describe("createDelivery", () => {
  test.each([
    [true, 1],
    [false, 0],
  ])(
    "given fulfilling is set to %s, when an order is granted, then %i jobs are to fulfill it",
    async (fulfillLines, count) => {
      const { input } = await createSoldOrder([{}], { fulfillLines });

      const jobs = await db.$queryRaw`
      SELECT 1 FROM graphile_worker.jobs WHERE key = ${`fulfill_lines:${input.orderId}`}`;

      expect(jobs).toHaveLength(count);
    },
  );
});
