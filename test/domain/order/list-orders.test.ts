import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { findOrder } from "~/domain/order/find-order.server";
import type { OrderFilter } from "~/domain/order/order-filter";
import { listOrders } from "~/domain/order/list-orders.server";
import { createGrant, createOrder, createPool, createShop } from "../../factories";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 15, 12, minute));

describe("listOrders", () => {
  test("given orders, when they are listed, then those that gave something come newest first", async () => {
    const { id: shopId } = await createShop();
    await createOrder({ shopId, name: "#nothing" });
    await orderOf(shopId, "#old", at(1));
    await orderOf(shopId, "#new", at(2));

    const { orders } = await listOrders({ shopId });

    expect(orders.map(({ name }) => name)).toEqual(["#new", "#old"]);
    expect(orders[0]?.grants).toEqual({ active: 1, waiting: 0, held: 0, revoked: 0 });
  });

  test("given orders of one moment, when pages are turned forth and back, then each is on one page", async () => {
    const { id: shopId } = await createShop();
    for (let number = 1; number <= 5; number++) await orderOf(shopId, `#${number}`, at(0));
    const page = (cursor?: string) => listOrders({ shopId, cursor, limit: 2 });

    const first = await page();
    const second = await page(first.next ?? undefined);
    const third = await page(second.next ?? undefined);

    const names = [first, second, third].flatMap(({ orders }) => orders.map(({ name }) => name));
    expect(names.toSorted()).toEqual(["#1", "#2", "#3", "#4", "#5"]);
    expect({ before: first.previous, after: third.next }).toEqual({ before: null, after: null });
    expect(await page(third.previous ?? undefined)).toEqual(second);
    expect((await page(second.previous ?? undefined)).orders).toEqual(first.orders);
  });

  test.each(["nonsense", `after_1_${"-".repeat(36)}`, "after_999999999999999_0199aa00-0000-7000-8000-000000000000"])(
    "given the cursor %s, which no page said, when orders are listed, then they begin at the newest",
    async (cursor) => {
      const { id: shopId } = await createShop();
      await orderOf(shopId, "#1", at(1));

      expect((await listOrders({ shopId, cursor })).orders).toHaveLength(1);
    },
  );

  test.each([
    ["a part of the name", "001", ["#1001"]],
    ["a part of the address in another case", "ANN@", ["#1001"]],
    ["a percent sign", "%", []],
    ["an underscore", "_", []],
    ["a backslash", "\\", []],
    ["a null character", "\0", []],
  ])("given orders, when %s is searched, then it is taken literally", async (_, search, expected) => {
    const { id: shopId } = await createShop();
    await orderOf(shopId, "#1001", at(1), "ann@example.com");
    await orderOf(shopId, "#1002", at(2), "bob@example.com");

    const { orders } = await listOrders({ shopId, search });

    expect(orders.map(({ name }) => name)).toEqual(expected);
  });

  test("given orders that wait for a person, when only those are listed, then each filter finds its own", async () => {
    const { id: shopId } = await createShop();
    await orderOf(shopId, "#fine", at(1));
    const held = await createOrder({ shopId, name: "#held" });
    await createGrant({ orderId: held.id, shopId, state: "held" });
    const unfulfilled = await createOrder({ shopId, name: "#unfulfilled", fulfillProblem: "no permission" });
    await createGrant({ orderId: unfulfilled.id, shopId });
    const disputed = await createOrder({ shopId, name: "#disputed", disputedAt: at(2) });
    await createGrant({ orderId: disputed.id, shopId });
    const namesOf = async (only: OrderFilter) => (await listOrders({ shopId, only })).orders.map(({ name }) => name);

    expect(await namesOf("held")).toEqual(["#held"]);
    expect(await namesOf("unfulfilled")).toEqual(["#unfulfilled"]);
    expect(await namesOf("disputed")).toEqual(["#disputed"]);
  });

  test("given an order that gave nothing, when it is searched, then it is found: a person asks why it gave nothing", async () => {
    const { id: shopId } = await createShop();
    await createOrder({ shopId, name: "#1007" });

    expect((await listOrders({ shopId, search: "1007" })).orders).toMatchObject([{ name: "#1007" }]);
  });

  test("given another shop, when its orders are listed, then none of these is there", async () => {
    const { id: shopId } = await createShop();
    await orderOf(shopId, "#1001", at(1));

    expect((await listOrders({ shopId: randomUUID() })).orders).toEqual([]);
  });
});

describe("findOrder", () => {
  test("given an order that gave a file and a key, when it is found, then both are on its line, the key without its text", async () => {
    const { id: poolId, shopId } = await createPool();
    const { id: orderId } = await createOrder({ shopId });
    await createGrant({ orderId, shopId, used: 2 });
    await createGrant({ orderId, shopId, poolId, key: "ABCD-1234" });

    const order = await findOrder(shopId, orderId);

    expect(order?.lines[0]?.grants).toEqual([
      expect.objectContaining({ kind: "file", used: 2, downloadLimit: 5, key: null }),
      expect.objectContaining({
        kind: "key",
        key: expect.objectContaining({ end: "1234", state: "granted", shownAt: null, used: 0 }),
      }),
    ]);
    expect(JSON.stringify(order)).not.toContain("ABCD");
  });

  test("given many downloads, when the order is found, then each grant tells its last 20, newest first", async () => {
    const { id: grantId, shopId, orderId } = await createGrant();
    const minutes = Array.from({ length: 25 }, (_, minute) => minute);
    await db.download.createMany({
      data: minutes.map((minute) => ({ shopId, grantId, at: at(minute), outcome: "started", ip: "203.0.113.7" })),
    });

    const order = await findOrder(shopId, orderId);

    const downloads = order?.lines[0]?.grants[0]?.downloads;
    expect(downloads).toHaveLength(20);
    expect(downloads?.[0]).toMatchObject({ at: at(24), ip: "203.0.113.7", outcome: "started" });
  });

  test("given acts, downloads and refusals, when the order is found, then its history has all in the order of time, with address and program", async () => {
    const { id: grantId, shopId, orderId } = await createGrant();
    const caller = { ip: "203.0.113.7", userAgent: "Firefox" };
    await db.auditEntry.createMany({
      data: [
        { shopId, orderId, at: at(1), actor: "sweep", action: "granted" },
        { shopId, orderId, at: at(4), actor: "person:42", action: "revoked" },
      ],
    });
    await db.download.createMany({
      data: [
        { shopId, grantId, at: at(2), outcome: "started", ...caller },
        { shopId, grantId, at: at(3), outcome: "limit_reached", ...caller },
      ],
    });

    const order = await findOrder(shopId, orderId);

    expect(order?.history).toMatchObject([
      { actor: "person:42", action: "revoked", ip: null },
      { actor: "customer", action: "refused", data: { reason: "limit_reached" }, ...caller },
      { actor: "customer", action: "downloaded", ...caller },
      { actor: "sweep", action: "granted", ip: null },
    ]);
  });

  test("given an order of one shop, when another asks for it, then it is not found", async () => {
    const { id: orderId } = await createOrder();

    expect(await findOrder(randomUUID(), orderId)).toBeNull();
  });
});

async function orderOf(shopId: string, name: string, processedAt: Date, email?: string) {
  const order = await createOrder({ shopId, name, processedAt, ...(email ? { email } : {}) });
  await createGrant({ orderId: order.id, shopId });
}
