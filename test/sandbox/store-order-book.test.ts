import { describe, expect, test } from "vitest";
import { StoreRefusal } from "../../sandbox/store/store.ts";
import { startWorld } from "./store-world";

const refusal = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof StoreRefusal) return error.code;
    throw error;
  }
  return null;
};

async function worldWithOrder(financialStatus: "paid" | "pending" | "authorized" = "paid", quantity = 3) {
  const world = await startWorld();
  const variant = world.variantOf("SYNTH-PRO");
  const outcome = world.store.placeOrder({
    email: "ada@example.com",
    financialStatus,
    lines: [{ variantId: variant.id, quantity }],
  });
  await outcome.webhooks;
  world.received.length = 0;
  return { ...world, variant, order: outcome.order };
}

describe("the order book", () => {
  test("given three paid units, when one is refunded, then two are left and the order is partially refunded", async () => {
    const { store, order, variant, topics } = await worldWithOrder();

    await store.refundOrder(order.id, { lines: [{ variantId: variant.id, quantity: 1 }] }).webhooks;

    expect(order).toMatchObject({
      financialStatus: "partially_refunded",
      lines: [{ quantity: 3, currentQuantity: 2 }],
    });
    expect(order.transactions.at(-1)).toMatchObject({ kind: "refund", amountCents: 8900 });
    expect(topics().sort()).toEqual(["orders/updated", "refunds/create"]);
  });

  test("given a paid order, when everything is refunded, then nothing is left and it is refunded", async () => {
    const { store, order } = await worldWithOrder();

    store.refundOrder(order.id);

    expect(order).toMatchObject({ financialStatus: "refunded", lines: [{ currentQuantity: 0 }] });
  });

  test("given a paid order, when only an amount is refunded, then every unit stays", async () => {
    const { store, order } = await worldWithOrder();

    store.refundOrder(order.id, { amount: "10.00" });

    expect(order).toMatchObject({ financialStatus: "partially_refunded", lines: [{ currentQuantity: 3 }] });
  });

  test("given a paid order, when more than was paid or bought is refunded, then it is refused and nothing changed", async () => {
    const { store, order, variant } = await worldWithOrder();

    expect(refusal(() => store.refundOrder(order.id, { amount: "1000" }))).toBe("amount_too_large");
    expect(refusal(() => store.refundOrder(order.id, { lines: [{ variantId: variant.id, quantity: 4 }] }))).toBe(
      "quantity_too_large",
    );
    expect(order).toMatchObject({ financialStatus: "paid", lines: [{ currentQuantity: 3 }], refunds: [] });
  });

  test("given a pending order, when half and then the rest is paid, then orders/paid is sent once, with the rest", async () => {
    const { store, order, topics } = await worldWithOrder("pending", 1);

    await store.payOrder(order.id, "40.00").webhooks;
    expect(order.financialStatus).toBe("partially_paid");
    expect(topics()).toEqual(["orders/updated"]);

    await store.payOrder(order.id).webhooks;
    expect(order.financialStatus).toBe("paid");
    expect(topics().filter((topic) => topic === "orders/paid")).toHaveLength(1);
    expect(refusal(() => store.payOrder(order.id))).toBe("already_paid");
  });

  test("given an authorized order, when it is paid, then the authorization is captured", async () => {
    const { store, order } = await worldWithOrder("authorized", 1);

    store.payOrder(order.id);

    expect(order.transactions.map(({ kind }) => kind)).toEqual(["authorization", "capture"]);
  });

  test("given a paid order, when it is cancelled, then the money goes back and nothing more can be done with it", async () => {
    const { store, order, topics } = await worldWithOrder();

    await store.cancelOrder(order.id).webhooks;

    expect(order).toMatchObject({
      financialStatus: "refunded",
      cancelledAt: order.updatedAt,
      lines: [{ currentQuantity: 0 }],
    });
    expect(topics().sort()).toEqual(["orders/cancelled", "orders/updated", "refunds/create"]);
    expect(refusal(() => store.cancelOrder(order.id))).toBe("cancelled");
    expect(refusal(() => store.payOrder(order.id))).toBe("cancelled");
  });

  test("given a pending order, when it is cancelled, then it is voided without a refund", async () => {
    const { store, order } = await worldWithOrder("pending");

    store.cancelOrder(order.id);

    expect(order).toMatchObject({ financialStatus: "voided", refunds: [] });
  });

  test("given a paid order, when a line is added, then it waits for the rest of the money", async () => {
    const { store, order, variantOf } = await worldWithOrder();

    store.editOrder(order.id, { add: [{ variantId: variantOf("SOUNDS-WAV").id, quantity: 2 }] });

    expect(order.financialStatus).toBe("partially_paid");
    expect(order.lines.map(({ currentQuantity }) => currentQuantity)).toEqual([3, 2]);
    store.payOrder(order.id);
    expect(order.financialStatus).toBe("paid");
  });

  test("given a paid order, when units are removed by an edit, then it stays paid with fewer units", async () => {
    const { store, order, variant } = await worldWithOrder();

    store.editOrder(order.id, { remove: [{ variantId: variant.id, quantity: 2 }] });

    expect(order).toMatchObject({ financialStatus: "paid", lines: [{ quantity: 3, currentQuantity: 1 }] });
  });

  test("given three paid units, when they are fulfilled, then the order is fulfilled once", async () => {
    const { store, order } = await worldWithOrder();

    store.fulfillOrder(order.id);

    expect(order.fulfillments).toHaveLength(1);
    expect(refusal(() => store.fulfillOrder(order.id))).toBe("nothing_to_fulfill");
  });

  test("given a customer known by email, when they order again in other letters, then it is the same customer", async () => {
    const { store, variantOf } = await startWorld();
    const line = { variantId: variantOf("FIELD-GUIDE").id, quantity: 1 };

    const first = store.placeOrder({ email: "ada@example.com", lines: [line] }).order;
    const second = store.placeOrder({ email: "Ada@Example.com", lines: [line] }).order;
    const guest = store.placeOrder({ email: "ada@example.com", customer: null, lines: [line] }).order;

    expect(second.customerId).toBe(first.customerId);
    expect(guest.customerId).toBeNull();
  });
});
