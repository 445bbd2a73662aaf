import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { restoreGrant } from "~/domain/grant/restore-grant.server";
import { revokeGrant } from "~/domain/grant/revoke-grant.server";
import { exposeKeys } from "~/domain/license/expose-keys.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { listPageOrders } from "~/domain/page/list-page-orders.server";
import { createAttachment, createPool, createShop, openConnections } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";

const now = new Date("2026-01-16T12:00:00Z");
const PRODUCT = "gid://shopify/Product/1";
const actor = "person:1";

async function shopWithKeys(keys: string[], returnsUnseenKeys = true) {
  const { id: shopId } = await createShop({ returnsUnseenKeys });
  const { id: poolId } = await createPool({ shopId, keys });
  await createAttachment({ poolId, productId: PRODUCT });

  const buy = async (quantity = 1) => {
    const facts = orderFacts({ lines: [lineFacts({ productId: PRODUCT, quantity })] });
    const { orderId } = await reconcileOrder(shopId, facts);
    const change = (left: number, seconds: number) =>
      reconcileOrder(shopId, {
        ...facts,
        updatedAt: new Date(facts.updatedAt.getTime() + seconds * 1_000),
        lines: facts.lines.map((line) => ({ ...line, currentQuantity: left })),
      });
    const grants = () => db.grant.findMany({ where: { orderId }, orderBy: { unit: "asc" } });
    const first = async () => (await grants())[0]?.id ?? "";
    const keysNow = async () => {
      const rows = (await grants()).filter(({ state }) => state === "active");
      const texts = await readKeys(
        db,
        shopId,
        rows.map(({ id }) => id),
      );
      return rows.flatMap(({ id }) => texts.get(id) ?? []);
    };
    return { facts, orderId, change, grants, first, keysNow };
  };
  const states = async () => {
    const rows = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" } });
    return rows.map(({ state }) => state);
  };
  return { shopId, poolId, buy, states };
}

describe("a key whose grant is revoked", () => {
  test("given nobody saw it, when its unit is refunded, then it goes back and the next order gets it", async () => {
    const { buy, states } = await shopWithKeys(["A"]);
    const refunded = await buy();

    await refunded.change(0, 60);

    expect(await states()).toEqual(["available"]);
    expect(await (await buy()).keysNow()).toEqual(["A"]);
    expect(await refunded.grants()).toMatchObject([{ state: "revoked" }]);
  });

  test("given a shop that wants none back, when its unit is refunded, then it stays with its grant", async () => {
    const { buy, states } = await shopWithKeys(["A"], false);
    const refunded = await buy();

    await refunded.change(0, 60);

    expect(await states()).toEqual(["revoked"]);
  });

  test.each([
    ["was seen", { shownAt: now }],
    ["left for a mail or a page", { exposedAt: now }],
  ])("given it %s, when its unit is refunded, then nobody gets it again", async (_, columns) => {
    const { buy, states } = await shopWithKeys(["A"]);
    const refunded = await buy();
    await db.grant.updateMany({ where: { orderId: refunded.orderId }, data: columns });

    await refunded.change(0, 60);

    expect(await states()).toEqual(["revoked"]);
    expect(await (await buy()).keysNow()).toEqual([]);
  });

  test("given a page that was only fetched, when its unit is refunded, then nobody gets it again", async () => {
    const { shopId, buy, states } = await shopWithKeys(["A"]);
    const refunded = await buy();
    await listPageOrders(shopId, [{ id: refunded.orderId, name: "#1" }], now);

    await refunded.change(0, 60);

    expect(await states()).toEqual(["revoked"]);
    expect(await refunded.grants()).toMatchObject([{ shownAt: null }]);
  });

  test("given customers wait, when it goes back, then it serves the first of them at once, and that one is written to", async () => {
    const { buy } = await shopWithKeys(["A"]);
    const holder = await buy();
    const waiting = await buy();
    const later = await buy();

    await holder.change(0, 60);

    expect(await waiting.keysNow()).toEqual(["A"]);
    expect(await waiting.grants()).toMatchObject([{ state: "active" }]);
    expect(await later.grants()).toMatchObject([{ state: "waiting" }]);
    expect(await db.delivery.count({ where: { orderId: waiting.orderId, kind: "keys_arrived" } })).toBe(1);
  });

  test("given a machine is tied to it, when it goes back, then the machine is no longer", async () => {
    const { shopId, poolId, buy } = await shopWithKeys(["A"]);
    const holder = await buy();
    const { id: keyId } = await db.poolKey.findFirstOrThrow({ where: { poolId } });
    await db.activation.create({ data: { shopId, keyId, fingerprint: "laptop" } });

    await holder.change(0, 60);

    expect(await db.activation.count({ where: { keyId } })).toBe(0);
  });

  test("given a person takes it back, when nobody saw it, then it goes back to the pool and the audit says so", async () => {
    const { shopId, buy, states } = await shopWithKeys(["A"]);
    const holder = await buy();

    await revokeGrant({ shopId, grantId: await holder.first(), actor, now });

    expect(await states()).toEqual(["available"]);
    expect(await db.auditEntry.findMany({ where: { shopId, action: "keys_returned" } })).toMatchObject([
      { data: { count: 1 } },
    ]);
  });
});

describe("a grant whose key went back", () => {
  test.each(["Shopify", "a person"])(
    "given keys are left, when %s restores it, then it has another key",
    async (who) => {
      const { shopId, buy } = await shopWithKeys(["A", "B"]);
      const order = await buy();
      if (who === "Shopify") await order.change(0, 60);
      else await revokeGrant({ shopId, grantId: await order.first(), actor, now });
      const other = await buy();

      if (who === "Shopify") await order.change(1, 120);
      else await restoreGrant({ shopId, grantId: await order.first(), actor });

      expect(await other.keysNow()).toEqual(["A"]);
      expect(await order.keysNow()).toEqual(["B"]);
      expect(await order.grants()).toMatchObject([{ state: "active", revokedBy: null }]);
    },
  );

  test("given no key is left, when it is restored, then it waits and is served next", async () => {
    const { buy } = await shopWithKeys(["A"]);
    const order = await buy();
    await order.change(0, 60);
    const other = await buy();

    await order.change(1, 120);
    await other.change(0, 60);

    expect(await order.keysNow()).toEqual(["A"]);
  });
});

test("given a machine that asks for a place, when its order is given back meanwhile, then neither waits for the other for good", async () => {
  const { shopId, buy, states } = await shopWithKeys(["A"], false);
  const order = await buy();
  await order.change(0, 60);
  await openConnections(3);

  const restoring = await inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Grant" WHERE "shopId" = ${shopId}::uuid FOR NO KEY UPDATE`; // as lockLicense begins
    const change = order.change(1, 120);
    await tx.$queryRaw`SELECT pg_sleep(0.5)::text`;
    await tx.$queryRaw`SELECT 1 FROM "PoolKey" WHERE "shopId" = ${shopId}::uuid FOR UPDATE`; // and goes on
    return { change };
  });
  await restoring.change;

  expect(await states()).toEqual(["granted"]);
});

describe("a key that leaves while its grant is revoked", () => {
  test("given 24 orders, when each is revoked while its page is fetched and others buy, then no key that left is at another customer", async () => {
    const { shopId, poolId, buy } = await shopWithKeys(Array.from({ length: 24 }, (_, index) => `K-${index}`));
    const orders = [];
    for (let index = 0; index < 24; index++) orders.push(await buy());
    await openConnections(32);

    const left = await Promise.all(
      orders.flatMap((order) => [
        order.first().then((grantId) => exposeKeys(db, { shopId, grantIds: [grantId], now })),
        order.change(0, 60).then(() => new Map<string, string>()),
        buy().then(() => new Map<string, string>()),
      ]),
    );

    const texts = left.flatMap((seen) => [...seen.values()]);
    const returnedCount = await db.auditEntry.count({ where: { shopId, action: "keys_returned" } });
    expect(texts.length + returnedCount).toBe(24);
    const held = await db.poolKey.findMany({ where: { poolId, state: { not: "revoked" } }, select: { grantId: true } });
    const reachable = await readKeys(
      db,
      shopId,
      held.flatMap(({ grantId }) => grantId ?? []),
    );
    expect([...reachable.values()].filter((text) => texts.includes(text))).toEqual([]);
  });

  test("given a mail that is being written, when its order is revoked, then the revocation waits and the key is not given again", async () => {
    const { shopId, buy, states } = await shopWithKeys(["A"]);
    const order = await buy();
    const grantId = await order.first();
    await openConnections(3);

    const revoking = await inTransaction(async (tx) => {
      const texts = await exposeKeys(tx, { shopId, grantIds: [grantId], now });
      const change = order.change(0, 60);
      await tx.$queryRaw`SELECT pg_sleep(0.5)::text`;
      expect([...texts.values()]).toEqual(["A"]);
      return { change };
    });
    await revoking.change;

    expect(await states()).toEqual(["revoked"]);
  });
});
