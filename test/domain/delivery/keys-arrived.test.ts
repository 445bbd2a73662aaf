import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { db } from "~/db.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { createAttachment, createPool, createShop } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";
import { csv } from "../pool/csv";

const now = new Date("2026-01-16T12:00:00Z");
const PRODUCT = "gid://shopify/Product/1";

async function shopWithoutKeys() {
  const { id: shopId } = await createShop();
  const { id: poolId } = await createPool({ shopId });
  await createAttachment({ poolId, productId: PRODUCT });

  const buy = async (quantity: number, email: string | null = "buyer@example.com") => {
    const facts = orderFacts({ email, lines: [lineFacts({ productId: PRODUCT, quantity })] });
    const { orderId } = await reconcileOrder(shopId, facts);
    return { facts, orderId };
  };
  const fill = (count: number, name = "KEY") => {
    const keys = Array.from({ length: count }, (_, index) => `${name}-${poolId}-${index}`);
    return importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(keys), now });
  };
  return { shopId, poolId, buy, fill };
}

function arrivals(orderId: string) {
  return db.delivery.findMany({ where: { orderId, kind: "keys_arrived" }, orderBy: { createdAt: "asc" } });
}

test("given an order that waits for three keys, when two arrive and then one, then its customer is told each time once", async () => {
  const { buy, fill } = await shopWithoutKeys();
  const { orderId } = await buy(3);

  await fill(2, "FIRST");
  const first = await arrivals(orderId);
  await fill(5, "SECOND");

  expect(first).toMatchObject([{ state: "queued" }]);
  const all = await arrivals(orderId);
  expect(all).toHaveLength(2);
  const jobs = await db.$queryRaw<{ payload: { deliveryId: string } }[]>`
    SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'send_delivery'`;
  const queued = jobs.map(({ payload }) => payload.deliveryId);
  expect(all.every(({ id }) => queued.includes(id))).toBe(true);
});

test("given an order without address that waits, when its key arrives, then it is listed as not told", async () => {
  const { buy, fill } = await shopWithoutKeys();
  const { orderId } = await buy(1, null);

  await fill(1);

  expect(await arrivals(orderId)).toMatchObject([{ state: "unaddressed" }]);
});

test("given an order being edited while keys for it arrive, when both are done, then neither stopped the other", async () => {
  const { shopId, poolId, buy, fill } = await shopWithoutKeys();
  const { facts, orderId } = await buy(1);
  const edited = {
    ...facts,
    updatedAt: new Date(facts.updatedAt.getTime() + 60_000),
    lines: facts.lines.map((line) => ({ ...line, quantity: 9, currentQuantity: 9 })),
  };
  // The import is the next to hold the pool; the edit then holds the order and waits for the pool.
  const pause = db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Pool" WHERE "id" = ${poolId}::uuid FOR NO KEY UPDATE`;
    await tx.$queryRaw`SELECT pg_sleep(1.5)::text`;
  });
  await sleep(100);

  const filled = fill(4);
  await sleep(700);
  const edit = reconcileOrder(shopId, edited);
  const results = await Promise.allSettled([pause, edit, filled]);

  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  expect(await db.grant.count({ where: { orderId, state: "active" } })).toBe(4);
  expect(await db.grant.count({ where: { orderId } })).toBe(9);
});
