import { createPlayedShop } from "../../setup/shopify"; // before all that loads Shopify's library
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { sweepShop } from "~/domain/sweep/sweep-shop.server";
import { traceOrder } from "~/domain/trace/trace-order.server";
import { readOrder } from "~/gateways/shopify/read-order.server";
import { runReconcileOrder } from "~/jobs/reconcile-order.server";
import { createAsset, createAttachment, createPool } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";

/** A shop with a product that gives a file and a key per unit; its webhooks are all dropped. */
async function createSellingShop(price = "10") {
  const played = await createPlayedShop();
  const { shop, store } = played;
  const { variants } = store.createProduct({ title: "Synth", variants: [{ price }] }).product;
  const { variants: dearer } = store.createProduct({ title: "Guide", variants: [{ price: "30" }] }).product;
  const [variant, other] = [variants[0], dearer[0]];
  if (!variant || !other) throw new Error("a product has a variant");
  const pool = await createPool({ shopId: shop.id, keys: 20 });
  await createAttachment({ poolId: pool.id, productId: variant.productId });
  const asset = await createAsset({ shopId: shop.id });
  await createAttachment({ assetId: asset.id, productId: other.productId });
  const buy = (quantity: number, financialStatus: "paid" | "partially_paid" = "paid") =>
    store.placeOrder({ financialStatus, lines: [{ variantId: variant.id, quantity }] }).order;
  const add = (orderId: string, { id: variantId }: { id: string }, quantity = 1) =>
    store.editOrder(orderId, { add: [{ variantId, quantity }] });
  const read = async (orderId: string) => {
    const facts = await readOrder(shop.domain, orderId);
    if (!facts) throw new Error("the order is there");
    return facts;
  };
  return { ...played, variant, other, buy, add, read };
}

async function live(shopId: string) {
  const grants = await db.grant.findMany({ where: { shopId, state: "active" } });
  return { keys: grants.filter(({ poolId }) => poolId).length, files: grants.filter(({ assetId }) => assetId).length };
}

/** Shopify counts in seconds. */
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));

describe("an order to which an edit added more than is paid", () => {
  test("given all webhooks of its payment were lost, when the shop is swept, then what was paid for is granted, and the rest once that is paid", async () => {
    const { shop, store, variant, other, buy, add } = await createSellingShop();
    const { id } = buy(2);
    await aSecond();
    add(id, variant);
    add(id, other);

    await sweepShop({ shopId: shop.id, isFull: true });
    expect(await live(shop.id)).toEqual({ keys: 2, files: 0 });
    await sweepShop({ shopId: shop.id, isFull: true });
    expect(await live(shop.id)).toEqual({ keys: 2, files: 0 });
    expect(await db.delivery.count({ where: { shopId: shop.id } })).toBe(1);

    await aSecond();
    store.payOrder(id);
    await sweepShop({ shopId: shop.id, isFull: true });
    expect(await live(shop.id)).toEqual({ keys: 3, files: 1 });
  });

  test("given a unit of what was paid for was refunded since, when it is read, then that is not granted", async () => {
    const { shop, store, variant, other, buy, add } = await createSellingShop();
    const { id } = buy(3);
    await aSecond();
    add(id, other);
    store.refundOrder(id, { lines: [{ variantId: variant.id, quantity: 1 }] });

    await sweepShop({ shopId: shop.id, isFull: true });

    expect(await live(shop.id)).toEqual({ keys: 2, files: 0 });
  });

  test("given it was paid in part only from the start, when it is swept, then nothing is granted and its trace says why", async () => {
    const { shop, other, buy, add } = await createSellingShop();
    const { id } = buy(2, "partially_paid");
    await aSecond();
    add(id, other);

    await sweepShop({ shopId: shop.id, isFull: true });

    expect(await live(shop.id)).toEqual({ keys: 0, files: 0 });
    const order = await db.order.findFirstOrThrow({ where: { shopId: shop.id } });
    const trace = await traceOrder(shop.id, order.id, new Date());
    expect(trace?.things).toMatchObject([{ decidedBy: "paid" }, { decidedBy: "paid" }]);
    expect(trace?.things[0]?.steps.find(({ check }) => check === "paid")?.detail).toMatch(/^Paid in part only: /);
  });

  test("given it was granted, when an edit adds to it, then the trace of what was added says that it is not paid", async () => {
    const { shop, other, buy, add } = await createSellingShop();
    const { id } = buy(1);
    await sweepShop({ shopId: shop.id, isFull: true });
    await aSecond();
    add(id, other);
    await sweepShop({ shopId: shop.id, isFull: true });

    const order = await db.order.findFirstOrThrow({ where: { shopId: shop.id } });
    const trace = await traceOrder(shop.id, order.id, new Date());

    expect(trace?.things).toMatchObject([{ decidedBy: null }, { decidedBy: "granted" }]);
    expect(trace?.things[1]?.steps.at(-1)?.detail).toMatch(/^An edit added it and it is not paid yet/);
  });

  test("given a webhook alone tells of it, when it arrives, then a job is to read the order", async () => {
    const { shop, other, buy, add, read } = await createSellingShop();
    const { id } = buy(1);
    await aSecond();
    add(id, other);
    const told = { ...(await read(id)), riskLevel: null, paidAt: null, paidFor: null };

    const result = await reconcileOrder(shop.id, told);
    await runReconcileOrder({ shopId: shop.id, shopifyId: id });

    expect(result.kind).toBe("deferred");
    expect(await live(shop.id)).toEqual({ keys: 1, files: 0 });
  });

  test("given it was free and granted, when an edit adds what has to be paid, then what was free stays, whoever tells", async () => {
    const { shop, other, buy, add, read } = await createSellingShop("0");
    const { id } = buy(2);
    await sweepShop({ shopId: shop.id, isFull: true });
    await aSecond();
    add(id, other);
    const facts = await read(id);
    expect(facts.financialStatus).toBe("pending");

    await reconcileOrder(shop.id, { ...facts, riskLevel: null, paidAt: null, paidFor: null });
    expect(await live(shop.id)).toEqual({ keys: 2, files: 0 });
    await runReconcileOrder({ shopId: shop.id, shopifyId: id });
    expect(await live(shop.id)).toEqual({ keys: 2, files: 0 });
  });
});

describe("an order that Shopify no longer shows", () => {
  /** Nobody can read it: it is older than 60 days. */
  async function tellOfOldOrder(policy: { holdHighRisk?: boolean }, attachedAt: string) {
    const { shop } = await createPlayedShop();
    await db.shop.update({ where: { id: shop.id }, data: policy });
    const line = lineFacts();
    const asset = await createAsset({ shopId: shop.id });
    await createAttachment({ assetId: asset.id, productId: line.productId ?? "", createdAt: new Date(attachedAt) });
    const facts = orderFacts({ updatedAt: new Date("2026-04-01T12:00:00Z"), lines: [line] });

    const result = await reconcileOrder(shop.id, facts);
    await runReconcileOrder({ shopId: shop.id, shopifyId: facts.shopifyId });
    return { shop, kind: result.kind };
  }

  test("given its payment took so long that it is not clear what stood then, when it is paid, then the payment's own webhook tells", async () => {
    const { shop, kind } = await tellOfOldOrder({}, "2026-03-01T12:00:00Z");

    expect(kind).toBe("deferred");
    expect(await live(shop.id)).toEqual({ keys: 0, files: 1 });
    expect(await db.order.findFirst({ where: { shopId: shop.id } })).toMatchObject({
      paidAt: new Date("2026-04-01T12:00:00Z"),
    });
  });

  test("given a shop that holds high risks, when it is paid, then it is not kept back for a risk that nobody can tell", async () => {
    const { shop, kind } = await tellOfOldOrder({ holdHighRisk: true }, "2025-12-01T12:00:00Z");

    expect(kind).toBe("deferred");
    expect(await live(shop.id)).toEqual({ keys: 0, files: 1 });
  });

  test("given an order nobody ever heard of, when it is to be read, then nothing comes of it", async () => {
    const { shop } = await createPlayedShop();

    await runReconcileOrder({ shopId: shop.id, shopifyId: "gid://shopify/Order/404" });

    expect(await db.order.count({ where: { shopId: shop.id } })).toBe(0);
  });
});
