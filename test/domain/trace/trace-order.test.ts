import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { startDownload } from "~/domain/download/start-download.server";
import { traceOrder } from "~/domain/trace/trace-order.server";
import { traceText } from "~/domain/trace/trace-text";
import {
  createAsset,
  createAttachment,
  createDelivery,
  createGrant,
  createOrder,
  createPool,
  createShop,
} from "../../factories";
import { startTestStorage } from "../../setup/storage";

beforeAll(async () => {
  await startTestStorage();
});

const now = new Date("2026-01-20T12:00:00Z");
const before = new Date("2026-01-10T12:00:00Z");
const after = new Date("2026-01-18T12:00:00Z");

async function traceOf({ shopId, id }: { shopId: string; id: string }) {
  const trace = await traceOrder(shopId, id, now);
  if (!trace) throw new Error("the order is there");
  return trace;
}

/** An order, paid on January 15, of one line of a product that nobody gave anything for. */
async function createBoughtOrder(columns: Parameters<typeof createOrder>[0] = {}) {
  const shop = await createShop();
  const order = await createOrder({ shopId: shop.id, lines: [{ title: "Guide" }], ...columns });
  const productId = order.lines[0]?.productId ?? undefined;
  const attach = async (more: Partial<Parameters<typeof createAttachment>[0]> = {}) => {
    const asset = await createAsset({ shopId: shop.id, title: "guide.pdf" });
    return createAttachment({ assetId: asset.id, productId, ...more });
  };
  return { ...order, attach };
}

describe("a grant", () => {
  test("given a grant the customer can download, when it is traced, then every check passed and none decides", async () => {
    const { order } = await createGrant();

    const trace = await traceOf(order);

    const [thing, ...others] = trace.things;
    expect(others).toEqual([]);
    expect(thing?.decidedBy).toBeNull();
    expect(thing?.steps.map(({ check }) => check)).toEqual([
      "known",
      "paid",
      "attached",
      "granted",
      "revoked",
      "held",
      "waiting",
      "expired",
      "stream_only",
      "file_not_ready",
      "limit_reached",
    ]);
    expect(thing?.steps.every(({ passed }) => passed)).toBe(true);
  });

  test.each([
    ["revoked", { state: "revoked", revokedBy: "person", revokedAt: before }],
    ["held", { state: "held" }],
    ["waiting", { state: "waiting" }],
    ["expired", { expiresAt: before }],
    ["limit_reached", { used: 5 }],
  ] as const)(
    "given a grant that is %s, when it is traced and downloaded, then the trace decides as the gate does",
    async (reason, columns) => {
      const { id: grantId, order } = await createGrant(columns);

      const trace = await traceOf(order);
      const refused = await startDownload({
        shopId: order.shopId,
        grantId,
        proof: { orderId: order.id },
        caller: { ip: null, userAgent: null },
        browser: null,
        now,
      });

      expect(trace.things).toMatchObject([{ decidedBy: reason }]);
      expect(refused).toEqual({ kind: "refused", reason });
    },
  );

  test("given keys of several units that stand alike, when they are traced, then they are told once, without their texts", async () => {
    const { id: shopId } = await createShop();
    const order = await createOrder({ shopId, lines: [{ quantity: 2 }] });
    const pool = await createPool({ shopId });
    const first = await createGrant({ orderId: order.id, poolId: pool.id, key: "SECRET-KEY-ONE" });
    await db.grant.create({
      data: {
        shopId,
        orderId: order.id,
        lineId: first.lineId,
        attachmentId: first.attachmentId,
        poolId: pool.id,
        unit: 1,
        state: "active",
        createdAt: first.createdAt,
      },
    });

    const trace = await traceOf(order);

    expect(trace.things).toMatchObject([{ grants: 2, decidedBy: null }]);
    expect(trace.things[0]?.steps.map(({ check }) => check)).not.toContain("limit_reached");
    expect(traceText(trace)).not.toContain("SECRET-KEY-ONE");
  });
});

describe("what was not granted", () => {
  test.each([
    [
      "attached after the payment",
      { createdAt: after },
      "attached",
      /^It was attached at 2026-01-18.*after the order was paid$/,
    ],
    [
      "detached before the payment",
      { detachedAt: before },
      "attached",
      /^It was detached at 2026-01-10.*before the order was paid$/,
    ],
    ["attached to another variant", { variantId: "gid://shopify/ProductVariant/1" }, "attached", /another variant/],
    ["attached in time", {}, "granted", /reads the order again/],
  ] as const)("given a file %s, when the order is traced, then that decides", async (_, columns, check, detail) => {
    const order = await createBoughtOrder();
    await order.attach(columns);

    const { things } = await traceOf(order);

    expect(things).toMatchObject([{ title: "guide.pdf", line: "Guide", grants: 0, decidedBy: check }]);
    expect(things[0]?.steps.at(-1)?.detail).toMatch(detail);
  });

  test.each([
    ["not paid", { paidAt: null, financialStatus: "pending" }, "paid", "Not paid: Shopify says it is pending"],
    ["cancelled", { cancelledAt: after }, "paid", "Cancelled at 2026-01-18T12:00:00.000Z"],
    ["refunded in full", { financialStatus: "refunded" }, "paid", /Shopify says it is refunded$/],
    ["short of that line's units", { lines: [{ currentQuantity: 0 }] }, "units", /^0 of 1 units/],
  ] as const)("given an order that is %s, when it is traced, then that decides", async (_, columns, check, detail) => {
    const order = await createBoughtOrder({ ...columns, lines: "lines" in columns ? [...columns.lines] : [{}] });
    await order.attach();

    const { things } = await traceOf(order);

    expect(things).toMatchObject([{ decidedBy: check }]);
    expect(things[0]?.steps.find((step) => step.check === check)?.detail).toMatch(detail);
  });

  test.each([
    ["a product that gives nothing", [{}], /Nothing was ever attached/],
    ["a custom item", [{ productId: null, variantId: null }], /custom item/],
  ])("given %s, when its order is traced, then it says so", async (_, lines, detail) => {
    const order = await createOrder({ lines });

    const { things } = await traceOf(order);

    expect(things).toMatchObject([{ grants: 0, decidedBy: "attached" }]);
    expect(things[0]?.steps.at(-1)?.detail).toMatch(detail);
  });

  test("given a file given by another attachment already, when the order is traced, then it is not told twice", async () => {
    const { order, assetId, line } = await createGrant();
    await createAttachment({ assetId: assetId ?? "", productId: line.productId ?? "", variantId: line.variantId });

    const { things } = await traceOf(order);

    expect(things).toMatchObject([{ grants: 1, decidedBy: null }]);
  });
});

describe("the trace as text", () => {
  test("given a delivery that failed and a refused grant, when the order is traced as text, then it says both and names no address or token", async () => {
    const grant = await createGrant({ state: "held" });
    const { order } = await createDelivery({
      orderId: grant.orderId,
      state: "failed",
      attempts: 3,
      problem: `550 ${grant.order.email} unknown`,
    });

    const text = traceText(await traceOf(order));

    expect(text).toContain(`Order ${order.name} (${order.shopifyId}), looked at 2026-01-20T12:00:00.000Z`);
    expect(text).toContain("Message “granted”: failed after 3 attempts");
    expect(text).toContain("NO  held: The order is held until a person releases it  <- this decides");
    expect(text).not.toContain(order.email);
  });

  test("given another shop's order, when it is traced, then there is none", async () => {
    const order = await createOrder();
    const { id } = await createShop();

    expect(await traceOrder(id, order.id, now)).toBeNull();
  });
});
