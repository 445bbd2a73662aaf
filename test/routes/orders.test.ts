import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { action as actOnHome } from "~/routes/app._index/route";
import { action as actOnOrder, loader as showOrder } from "~/routes/app.orders.$orderId/route";
import { loader as exportJson } from "~/routes/app.orders.$orderId_.evidence[.]json";
import { loader as exportPdf } from "~/routes/app.orders.$orderId_.evidence[.]pdf";
import { loader as trace } from "~/routes/app.orders.$orderId_.trace";
import { loader as showOrders } from "~/routes/app.orders._index/route";
import { createGrant, createOrder, createShop } from "../factories";
import { createMerchant, formOf, visit, visitRaw } from "../setup/merchant";

const now = new Date();

describe("a held order", () => {
  test("given a held order, when a person releases it, then it opens, the customer is told, and it is not released twice", async () => {
    const merchant = await createMerchant();
    const { id, orderId } = await createGrant({ shopId: merchant.shopId, state: "held" });

    const released = await visit(actOnOrder, merchant, { orderId }, formOf({ intent: "release" }));
    const again = await visit(actOnOrder, merchant, { orderId }, formOf({ intent: "release" }));

    expect(released.body).toEqual({ kind: "done", message: "Released" });
    expect(await db.grant.findUnique({ where: { id } })).toMatchObject({ state: "active" });
    expect(await db.delivery.count({ where: { orderId } })).toBe(1);
    expect(await db.auditEntry.findMany({ where: { orderId } })).toMatchObject([
      { action: "released", actor: "person:42", actorName: "Robin Finch", userAgent: "Mozilla/5.0 Chrome/153" },
    ]);
    expect(again).toMatchObject({
      status: 409,
      body: { kind: "refused", message: expect.stringContaining("any more") },
    });
  });

  test("given another shop's held order, when it is released, then it is not found and stays held", async () => {
    const merchant = await createMerchant();
    const { id, orderId } = await createGrant({ state: "held" });

    const { status } = await visit(actOnOrder, merchant, { orderId }, formOf({ intent: "release" }));

    expect(status).toBe(404);
    expect(await db.grant.findUnique({ where: { id } })).toMatchObject({ state: "held" });
  });
});

describe("the list of orders", () => {
  test("given a held order and another, when only held ones are asked for, then it comes, with what the sweep says", async () => {
    const merchant = await createMerchant();
    const { shopId } = merchant;
    await createGrant({ shopId });
    const held = await createGrant({ shopId, state: "held" });
    await db.sweep.create({ data: { shopId, from: now, startedAt: now, finishedAt: now, orders: 9, repaired: 2 } });

    const { body } = await visit(showOrders, merchant, {}, undefined, "?only=held");

    expect(body.orders).toMatchObject([{ id: held.orderId }]);
    expect(body.only).toBe("held");
    expect(body.sweeping).toEqual({ sweptAt: now.toISOString(), repaired: 2, underWay: null, problem: null, stuck: 0 });
  });

  test("given an unknown filter, when orders are listed, then it is left aside", async () => {
    const merchant = await createMerchant();
    await createGrant({ shopId: merchant.shopId });

    const { body } = await visit(showOrders, merchant, {}, undefined, "?only=nonsense");

    expect(body.orders).toHaveLength(1);
    expect(body.only).toBeNull();
  });
});

describe("the order's page", () => {
  test("given a downloaded file, when the order is opened, then its history has a sentence, the address and the program", async () => {
    const merchant = await createMerchant();
    const { id: grantId, orderId, shopId } = await createGrant({ shopId: merchant.shopId });
    await db.download.create({
      data: { shopId, grantId, at: now, outcome: "started", ip: "203.0.113.7", userAgent: "Firefox" },
    });

    const { body } = await visit(showOrder, merchant, { orderId });

    expect(body.history).toMatchObject([
      {
        actor: "customer",
        ip: "203.0.113.7",
        userAgent: "Firefox",
        sentence: expect.stringContaining("was downloaded"),
      },
    ]);
  });

  test("given an order, when a person asks why, then the checks and a text for support are answered", async () => {
    const merchant = await createMerchant();
    const { orderId } = await createGrant({ shopId: merchant.shopId, state: "held" });

    const { body } = await visit(trace, merchant, { orderId });

    expect(body.things).toMatchObject([{ decidedBy: "held" }]);
    expect(body.text).toContain("<- this decides");
  });
});

describe("evidence", () => {
  test("given a disputed order, when its evidence is exported, then JSON and PDF are answered as files", async () => {
    const merchant = await createMerchant();
    const { orderId, order } = await createGrant({ shopId: merchant.shopId });

    const json = await visit(exportJson, merchant, { orderId });
    const pdf = await visitRaw(exportPdf, merchant, { orderId });

    expect(json.body.order).toMatchObject({ name: order.name });
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect((await pdf.text()).slice(0, 5)).toBe("%PDF-");
  });

  test.each([
    ["nothing has", async () => randomUUID()],
    ["is another shop's order's", async () => (await createOrder({ shopId: (await createShop()).id })).id],
    ["is none", async () => "not-an-id"],
  ])("given an id that %s, when evidence or a trace is asked for, then there is none", async (_, idOf) => {
    const merchant = await createMerchant();
    const params = { orderId: await idOf() };

    for (const route of [exportJson, exportPdf, trace]) {
      expect((await visitRaw(route, merchant, params)).status).toBe(404);
    }
  });
});

describe("Home", () => {
  test("given orders Shopify did not take as fulfilled, when a person tries again, then each gets its job", async () => {
    const merchant = await createMerchant();
    const order = await createOrder({ shopId: merchant.shopId, fulfillProblem: "no permission" });

    const { status } = await visit(actOnHome, merchant, {}, formOf({ intent: "retry_fulfillment" }));

    expect(status).toBe(200);
    const jobs = await db.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`fulfill_lines:${order.id}`}`;
    expect(jobs).toHaveLength(1);
  });
});
