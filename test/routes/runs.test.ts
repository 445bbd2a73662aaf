import "../setup/shopify"; // before all that loads Shopify's library
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { carryOnRun } from "~/domain/bulk-run/carry-on-run.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import {
  action as actOnPastOrders,
  loader as showPastOrders,
} from "~/routes/app.products.$productId_.past-orders/route";
import { action as stopRun, loader as showRun } from "~/routes/app.runs.$runId/route";
import { action as tryOut } from "~/routes/app.runs.dry";
import { createAttachment } from "../factories";
import { lineFacts, orderFacts } from "../factories/order-facts";
import { createMerchant, formOf, visit } from "../setup/merchant";

const productId = "gid://shopify/Product/77";
const params = { productId: "77" };

/** A merchant who sold two of a product, and attached a file to it only then. */
async function merchantWhoSold() {
  const merchant = await createMerchant();
  const { shopId } = merchant;
  for (const name of ["#1001", "#1002"]) {
    await reconcileOrder(shopId, orderFacts({ name, lines: [lineFacts({ productId })] }));
  }
  const { id: attachmentId } = await createAttachment({
    shopId,
    productId,
    createdAt: new Date("2026-02-01T00:00:00Z"),
  });
  return { ...merchant, attachmentId };
}

function wish(attachmentIds: string, over: Record<string, string> = {}) {
  const base = { intent: "preview", productTitle: "Guide", kind: "all", from: "", to: "", names: "" };
  return formOf({ ...base, attachmentIds, tellsCustomers: "true", ...over });
}

const policy = {
  ...{ downloadLimit: "3", accessDays: "unlimited", updatePolicy: "latest", updateMonths: "" },
  ...{ refundRevokes: "true", holdHighRisk: "false" },
};

describe("giving to past orders", () => {
  test("given past orders that lack a file, when they are counted, started and looked at, then each says how it stands", async () => {
    const merchant = await merchantWhoSold();
    const { shopId, attachmentId } = merchant;

    const counted = await visit(actOnPastOrders, merchant, params, wish(attachmentId));
    expect(counted).toMatchObject({ status: 200, body: { kind: "counted", preview: { orders: 2, grants: 2 } } });
    expect(await db.bulkRun.count({ where: { shopId } })).toBe(0);

    const started = await visit(actOnPastOrders, merchant, params, wish(attachmentId, { intent: "start" }));
    expect(started).toMatchObject({ status: 200, body: { kind: "started" } });
    const { runId } = started.body;
    expect((await visit(showRun, merchant, { runId })).body.run).toMatchObject({ state: "queued", total: null });
    await carryOnRun(runId);

    const page = await visit(showPastOrders, merchant, params);
    expect(page.body).toMatchObject({ productId, attachments: [{ id: attachmentId }], lastRun: { id: runId } });
    const { run } = (await visit(showRun, merchant, { runId })).body;
    expect(run).toMatchObject({ state: "done", done: 2, total: 2, report: { orders: 2, grants: 2 } });
  });

  test.each([
    ["nothing is chosen", { attachmentIds: "" }, 422, "attachmentIds", "Choose what to give"],
    ["no order is named", { kind: "names", names: " , " }, 422, "names", "Enter at least one order, such as #1001"],
    ["the days are no days", { kind: "dates", from: "soon", to: "later" }, 422, "from", "Choose a day"],
    [
      "the last day is before the first",
      { kind: "dates", from: "2026-02-02T00:00:00Z", to: "2026-02-01T00:00:00Z" },
      422,
      "to",
      "Choose a day that is not before the first one",
    ],
    ["it is not attached", { attachmentIds: randomUUID() }, 409, "attachmentIds", /Load the page again/],
  ])(
    "given %s, when it is to be started, then it is refused in words and nothing runs",
    async (_, over, status, field, words) => {
      const merchant = await merchantWhoSold();

      const answer = await visit(
        actOnPastOrders,
        merchant,
        params,
        wish(merchant.attachmentId, { intent: "start", ...over }),
      );

      expect(answer).toMatchObject({ status, body: { kind: "refused" } });
      expect(answer.body.errors[field][0]).toMatch(words);
      expect(await db.bulkRun.count({ where: { shopId: merchant.shopId } })).toBe(0);
    },
  );

  test("given a product that gives nothing, or none at all, when its page is opened, then it is not found", async () => {
    const merchant = await createMerchant();

    expect((await visit(showPastOrders, merchant, params)).status).toBe(404);
    expect((await visit(showPastOrders, merchant, { productId: "none" })).status).toBe(404);
  });
});

describe("a run", () => {
  test("given a run under way, when its merchant stops it, then it has stopped; another shop's cannot be seen or stopped", async () => {
    const merchant = await merchantWhoSold();
    const stranger = await createMerchant();
    const form = wish(merchant.attachmentId, { intent: "start" });
    const { runId } = (await visit(actOnPastOrders, merchant, params, form)).body;

    expect((await visit(showRun, stranger, { runId })).status).toBe(404);
    await visit(stopRun, stranger, { runId }, formOf({}));
    expect((await visit(showRun, merchant, { runId })).body.run).toMatchObject({ state: "queued" });

    await visit(stopRun, merchant, { runId }, formOf({}));
    await carryOnRun(runId);
    expect((await visit(showRun, merchant, { runId })).body.run).toMatchObject({ state: "cancelled", done: 0 });
    expect(await db.grant.count({ where: { shopId: merchant.shopId } })).toBe(0);
  });

  test.each([
    ["is no id", "not-an-id"],
    ["nothing has", randomUUID()],
  ])("given an id that %s, when its run is opened, then it is not found", async (_, runId) => {
    expect((await visit(showRun, await createMerchant(), { runId })).status).toBe(404);
  });
});

describe("a dry run", () => {
  test.each([
    ["other settings", () => ({ about: "settings", ...policy }), { about: "settings", policy: { downloadLimit: 3 } }],
    [
      "something to attach",
      ({ assetId }: { assetId: string }) => {
        return { about: "attach", productIds: productId, assetIds: assetId, poolIds: "", keysPerUnit: "1" };
      },
      { about: "attach", attachments: [{ productId, variantId: null, poolId: null, keysPerUnit: 1 }] },
    ],
    [
      "other terms of an attachment",
      ({ attachmentId }: { attachmentId: string }) => ({
        ...{ about: "attachment", attachmentId, title: "Guide", streamOnly: "false", instructions: "" },
        ...{ downloadLimit: "2", accessDays: "shop", updatePolicy: "shop", updateMonths: "", keysPerUnit: "1" },
      }),
      { about: "attachment", downloadLimit: 2, accessDays: null },
    ],
  ])("given %s, when it is tried, then it runs and its result is shown", async (_, fields, input) => {
    const merchant = await merchantWhoSold();
    const { shopId, attachmentId } = merchant;
    const { assetId } = await db.attachment.findUniqueOrThrow({ where: { id: attachmentId } });

    const { status, body } = await visit(
      tryOut,
      merchant,
      {},
      formOf(fields({ assetId: assetId ?? "", attachmentId })),
    );
    expect({ status, error: body.error }).toEqual({ status: 200, error: null });
    await carryOnRun(body.runId);

    const { run } = (await visit(showRun, merchant, { runId: body.runId })).body;
    expect(run).toMatchObject({ kind: "dry_run", state: "done", done: 2, input });
    expect(await db.grant.count({ where: { shopId } })).toBe(0);
  });

  test.each([
    ["nothing", {}],
    ["settings that are none", { about: "settings", ...policy, downloadLimit: "many" }],
    ["nothing to attach", { about: "attach", productIds: productId, assetIds: "", poolIds: "", keysPerUnit: "1" }],
    ["terms of no attachment", { about: "attachment", attachmentId: "1", title: "" }],
  ])("given %s, when it is tried, then it says that something is missing and nothing runs", async (_, fields) => {
    const merchant = await createMerchant();

    const { status, body } = await visit(tryOut, merchant, {}, formOf(fields));

    expect({ status, body }).toEqual({
      status: 422,
      body: { runId: null, error: "Something in the form is missing or out of range. Mend that first." },
    });
    expect(await db.bulkRun.count({ where: { shopId: merchant.shopId } })).toBe(0);
  });

  test("given runs that ended long ago, when another is started, then they are gone, and those of late are there", async () => {
    const merchant = await createMerchant();
    const { shopId } = merchant;
    const ended = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000);
    const run = { shopId, kind: "dry_run", state: "done", input: {}, actor: "worker" } as const;
    await db.bulkRun.create({ data: { ...run, finishedAt: ended(91) } });
    const late = await db.bulkRun.create({ data: { ...run, finishedAt: ended(89) } });

    const { body } = await visit(tryOut, merchant, {}, formOf({ about: "settings", ...policy }));

    const left = await db.bulkRun.findMany({ where: { shopId }, orderBy: { id: "asc" } });
    expect(left.map(({ id }) => id).sort()).toEqual([late.id, body.runId].sort());
  });
});
