import { setTimeout as sleep } from "node:timers/promises";
import type { Prisma } from "@prisma/client";
import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { findMessage } from "~/domain/delivery/find-message.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { composeMail } from "~/emails/compose-mail";
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

describe("the message about keys that arrived", () => {
  const pageExpiresAt = new Date("2026-01-20T12:00:00Z");

  async function messageAfterArrival(shop: Prisma.ShopUpdateInput = {}) {
    const { shopId, poolId, buy, fill } = await shopWithoutKeys();
    await db.shop.update({ where: { id: shopId }, data: shop });
    await fill(1, "EARLY");
    const { orderId } = await buy(4);
    await db.delivery.updateMany({ where: { orderId }, data: { state: "sent", sentAt: new Date() } });
    await fill(2, "LATE");
    const found = await inTransaction((tx) =>
      findMessage(tx, { shopId, orderId, kind: "keys_arrived", pageExpiresAt, isForCustomer: true, now: new Date() }),
    );
    if (!found) throw new Error("there is something to tell");
    const mail = composeMail(found.message, null, "https://app.example.com/d/page");
    if (mail.kind !== "composed") throw new Error("the default template is sound");
    const grants = await db.grant.findMany({ where: { orderId }, orderBy: { unit: "asc" } });
    return { poolId, found, text: mail.mail.text, grants };
  }

  test("given one key told of before and two that arrived, when the message is written, then it lists the new ones and says what is still to come", async () => {
    const { poolId, found, text } = await messageAfterArrival();

    expect(found.message.items).toMatchObject([
      { keys: [`LATE-${poolId}-0`, `LATE-${poolId}-1`], keyCount: 3, waitingCount: 1 },
    ]);
    expect(text).toContain("3 keys and 1 to come");
    expect(text).toContain("and 1 more key on your page");
    expect(text).toContain("1 more key is on its way; we will write again.");
    expect(text).not.toContain("EARLY");
  });

  test("given an empty pool, when the message about the order is written, then it counts what is to come and no keys", async () => {
    const { shopId, buy } = await shopWithoutKeys();
    const { orderId } = await buy(2);
    const about = { shopId, orderId, kind: "granted", pageExpiresAt, isForCustomer: true, now: new Date() } as const;
    const found = await inTransaction((tx) => findMessage(tx, about));
    if (!found) throw new Error("there is something to tell");

    const mail = composeMail(found.message, null, "https://app.example.com/d/page");

    expect(mail).toMatchObject({ kind: "composed", mail: { text: expect.stringMatching(/^ {2}(.+ · )?2 to come/m) } });
    expect(mail).not.toMatchObject({ mail: { text: expect.stringContaining("0 keys") } });
  });

  test("given keys whose texts are in the message, when it is written, then they have left the house before anyone sends it", async () => {
    const { grants } = await messageAfterArrival();

    expect(grants.map(({ exposedAt }) => exposedAt !== null)).toEqual([false, true, true, false]);
  });

  test.each([
    ["hides keys until they are revealed", { revealToClaim: true }, "Press “Reveal” on your page to see your keys"],
    ["keeps keys out of mails", { keysInMail: false }, "Shown on your page"],
  ])("given a shop that %s, when the message is written, then no key is in it or left the house", async (...row) => {
    const [, columns, sentence] = row;
    const { text, grants } = await messageAfterArrival(columns);

    expect(text).toContain(sentence);
    expect(text).not.toMatch(/EARLY|LATE/);
    expect(grants.every(({ exposedAt }) => exposedAt === null)).toBe(true);
  });
});
