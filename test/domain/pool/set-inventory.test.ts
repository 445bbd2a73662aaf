import { createPlayedShop } from "../../setup/shopify"; // before all that loads Shopify's library
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { followStock } from "~/domain/pool/follow-stock.server";
import { LACKS_STOCK_PERMISSION, setInventory } from "~/domain/pool/set-inventory.server";
import { watchPools } from "~/domain/pool/watch-pools.server";
import { readOrder } from "~/gateways/shopify/read-order.server";
import { createAttachment, createPool } from "../../factories";
import { csv } from "./csv";

const now = new Date("2026-01-15T12:00:00Z");
const readOnly = "read_customers,read_orders,read_products";
const scopes = `${readOnly},read_inventory,write_inventory`;

type Variants = { title?: string; stock?: number }[];

/** A product that gives keys of a pool which sets the stock; one variant, tracked, unless said otherwise. */
async function soldKeys(
  keys: number,
  { variants = [{ stock: 0 }] as Variants, keysPerUnit = 1, granted = scopes } = {},
) {
  const { store, shop, adminRequests } = await createPlayedShop(granted);
  const { product } = store.createProduct({ title: "Synth", variants });
  const pool = await createPool({ shopId: shop.id, keys });
  await db.pool.update({ where: { id: pool.id }, data: { setsInventory: true } });
  await createAttachment({ poolId: pool.id, productId: product.id, keysPerUnit });
  const input = { shopId: shop.id, poolId: pool.id, now };
  const variantId = product.variants[0]?.id ?? "";
  return {
    store,
    shop,
    pool,
    product,
    variantId,
    input,
    stock: () => store.findProduct(product.id, shop.domain)?.variants.map((variant) => variant.stock),
    stored: () => db.pool.findUniqueOrThrow({ where: { id: pool.id } }),
    calls: () => adminRequests().filter(({ operation }) => operation === "SetStock"),
    order: async (quantity: number, financialStatus: "paid" | "pending" = "paid") => {
      const { order } = store.placeOrder({ financialStatus, lines: [{ variantId, quantity }] }, shop.domain);
      const facts = await readOrder(shop.domain, order.id);
      if (!facts) throw new Error("the order is there");
      return reconcileOrder(shop.id, facts, { source: "read" });
    },
    jobs: () => db.$queryRaw<unknown[]>`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`set_inventory:${pool.id}`}`,
  };
}

describe("setInventory", () => {
  test("given 25 keys, when the stock is set, then Shopify sells 25 units and no more", async () => {
    const { input, stock, stored, store, shop, variantId } = await soldKeys(25);

    await setInventory(input);

    expect(stock()).toEqual([25]);
    expect(await stored()).toMatchObject({ inventorySet: 25, inventorySetAt: now, inventoryProblem: null });
    const buy = (quantity: number) => store.placeOrder({ lines: [{ variantId, quantity }] }, shop.domain);
    expect(() => buy(26)).toThrow("Only 25 of Synth are left.");
    buy(25);
    expect(stock()).toEqual([0]);
  });

  test("given two keys for each unit, when the stock is set, then only whole units are for sale", async () => {
    const { input, stock } = await soldKeys(25, { keysPerUnit: 2 });

    await setInventory(input);

    expect(stock()).toEqual([12]);
  });

  test("given a stock that is right, when it is set again, then Shopify is told nothing", async () => {
    const { input, calls } = await soldKeys(5);
    await setInventory(input);

    await setInventory(input);

    expect(calls()).toHaveLength(1);
  });

  test("given an order that is not paid yet, when the stock is set, then what it will need is kept back", async () => {
    const { input, stock, order } = await soldKeys(10);
    await setInventory(input);
    await order(4, "pending");

    await setInventory(input);

    expect(stock()).toEqual([6]);
  });

  test("given a variant that gives keys of two pools, when the stock of either is set, then the shorter decides", async () => {
    const { input, stock, shop, product, variantId } = await soldKeys(10, {
      variants: [
        { title: "A", stock: 0 },
        { title: "B", stock: 0 },
      ],
    });
    const other = await createPool({ shopId: shop.id, keys: 3 });
    await db.pool.update({ where: { id: other.id }, data: { setsInventory: true } });
    await createAttachment({ poolId: other.id, productId: product.id, variantId });

    await setInventory(input);

    expect(stock()).toEqual([3, 10]);
  });

  test("given a variant that Shopify does not track, when the stock is set, then the pool says so and the others are set", async () => {
    const { input, stock, stored } = await soldKeys(7, { variants: [{ title: "A" }, { title: "B", stock: 1 }] });

    await setInventory(input);

    expect(stock()).toEqual([undefined, 7]);
    expect((await stored()).inventoryProblem).toContain("Shopify does not track how many of “Synth - A” there are");
  });

  test("given the permission is missing, when the stock is set, then the pool says so and nothing is thrown", async () => {
    const { input, stored } = await soldKeys(7, { granted: readOnly });

    await setInventory(input);

    expect(await stored()).toMatchObject({ inventoryProblem: LACKS_STOCK_PERMISSION, inventorySet: null });
  });

  test("given a problem that a person settled, when the stock is set again, then it is no longer told of", async () => {
    const { input, stored, store, variantId, shop } = await soldKeys(7, { variants: [{}] });
    await setInventory(input);
    store.setStock(variantId, 0, shop.domain);

    await setInventory(input);

    expect(await stored()).toMatchObject({ inventoryProblem: null, inventorySet: 7 });
  });

  test("given Shopify is down, when the stock is set, then it throws to be repeated and no person is bothered", async () => {
    const { input, store, stored } = await soldKeys(7);
    store.setFaults({ admin: { status: 503, rate: 1 } });

    await expect(setInventory(input)).rejects.toThrow("Shopify did not answer");

    expect(await stored()).toMatchObject({ inventoryProblem: null, inventorySetAt: null });
  });

  test.each([
    ["that does not want it", { setsInventory: false }],
    ["that makes its own keys", { generatesOnDemand: true }],
    ["of a shop that has left", { shop: { update: { uninstalledAt: now } } }],
  ])("given a pool %s, when the job runs, then the stock is left alone", async (_, columns) => {
    const { input, stock, pool } = await soldKeys(7);
    await db.pool.update({ where: { id: pool.id }, data: columns });

    await setInventory(input);

    expect(stock()).toEqual([0]);
  });
});

describe("followStock", () => {
  test("given many orders and an import, when their keys change, then one job sets the stock", async () => {
    const { shop, pool, order, jobs, input } = await soldKeys(20);
    await setInventory(input);
    for (let index = 0; index < 5; index++) await order(1);
    await importKeys({ shopId: shop.id, poolId: pool.id, fileName: "keys.csv", body: csv(["NEW-1"]), now });

    expect(await jobs()).toHaveLength(1);
  });

  test("given a variant that gives keys of a pool that makes its own too, when the stock is set, then only the other counts", async () => {
    const { input, shop, product, stock } = await soldKeys(7);
    const endless = await createPool({ shopId: shop.id });
    await db.pool.update({ where: { id: endless.id }, data: { setsInventory: true, generatesOnDemand: true } });
    await createAttachment({ poolId: endless.id, productId: product.id });

    await setInventory(input);
    await followStock(db, shop.id, [endless.id]);

    expect(stock()).toEqual([7]);
    expect(
      await db.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`set_inventory:${endless.id}`}`,
    ).toHaveLength(0);
  });

  test("given a pool that leaves the stock alone, when it sells, then there is no job", async () => {
    const { pool, order, jobs, store, variantId, shop } = await soldKeys(20);
    store.setStock(variantId, null, shop.domain);
    await db.pool.update({ where: { id: pool.id }, data: { setsInventory: false } });

    await order(1);

    expect(await jobs()).toHaveLength(0);
  });
});

describe("watchPools", () => {
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

  test.each([
    ["keys left that Shopify does not know of", 1, { inventorySet: 4, inventorySetAt: now }, 1],
    ["nothing changed", 1, { inventorySet: 5, inventorySetAt: now }, 0],
    ["nothing changed, but an hour passed", 60, { inventorySet: 5, inventorySetAt: now }, 1],
    ["it was never set", 1, {}, 1],
    ["the pool makes its own keys", 1, { generatesOnDemand: true }, 0],
    ["a person has to settle something", 1, { inventorySetAt: now, inventoryProblem: "Track it" }, 0],
    ["a person had to settle something five minutes ago", 5, { inventorySetAt: now, inventoryProblem: "Track it" }, 1],
  ])("given %s, when pools are watched %i minutes later, then the stock is set accordingly", async (...row) => {
    const [, after, columns, expected] = row;
    const pool = await createPool({ keys: 5 });
    await db.pool.update({ where: { id: pool.id }, data: { setsInventory: true, ...columns } });

    await watchPools(minutes(after));

    expect(
      await db.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`set_inventory:${pool.id}`}`,
    ).toHaveLength(expected);
  });
});
