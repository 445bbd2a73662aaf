import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { carryOnRun } from "~/domain/bulk-run/carry-on-run.server";
import { endRun } from "~/domain/bulk-run/end-run.server";
import { enqueueRuns } from "~/domain/bulk-run/enqueue-runs.server";
import { giveToPastOrders } from "~/domain/bulk-run/give-to-past-orders.server";
import { previewPastOrders } from "~/domain/bulk-run/preview-past-orders.server";
import { startPastOrders } from "~/domain/bulk-run/start-past-orders.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { createAttachment, createShop, openConnections } from "../../factories";
import {
  attachedAt,
  fullyRefunded,
  giveToPast,
  grantsOf,
  now,
  PRODUCT,
  seconds,
  shopThatSold,
  soldOrder,
  startGiving,
} from "./bulk-run-setup";

const all = { kind: "all" } as const;

describe("giving to past orders", () => {
  test("given orders paid before a file was attached, when it is given to all, then each has it as though bought today's way", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 3, units: 2 });

    const run = await giveToPast(shopId, [attachmentId]);

    expect(run).toMatchObject({
      state: "done",
      done: 3,
      total: 3,
      report: { orders: 3, grants: 3, waiting: 0, asked: 0 },
    });
    expect(await grantsOf(shopId)).toMatchObject(
      Array.from({ length: 3 }, () => ({ state: "active", units: 2, downloadLimit: 10, attachmentId })),
    );
    expect(await db.delivery.count({ where: { shopId, kind: "granted" } })).toBe(3);
    expect(await db.auditEntry.count({ where: { shopId, action: "granted", actor: "person:7" } })).toBe(3);
    expect(await db.auditEntry.findMany({ where: { shopId, action: "given_to_past" } })).toMatchObject([
      { actor: "person:7", data: { orders: 3, productTitle: "Guide", isCancelled: false } },
    ]);
  });

  test("given customers are not to be told, when it is given, then nothing is sent, and later keys are still told", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 2 });

    await giveToPast(shopId, [attachmentId], { tellsCustomers: false });

    expect(await grantsOf(shopId)).toHaveLength(2);
    expect(await db.delivery.count({ where: { shopId } })).toBe(0);
  });

  test("given too few keys, when they are given to past orders, then those there are go out and the rest wait", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 3, units: 2, keys: 5 });

    const run = await giveToPast(shopId, [attachmentId]);

    expect(run.report).toMatchObject({ orders: 3, grants: 6, waiting: 1 });
    expect((await grantsOf(shopId)).filter(({ poolKey }) => poolKey)).toHaveLength(5);
  });

  test("given the run was done, when the same is asked for again, then nothing is given twice and nobody is told again", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 3, keys: 10 });
    await giveToPast(shopId, [attachmentId]);
    const before = await grantsOf(shopId);

    const again = await giveToPast(shopId, [attachmentId]);

    expect(again).toMatchObject({ state: "done", total: 0, report: {} });
    expect(await grantsOf(shopId)).toEqual(before);
    expect(await db.delivery.count({ where: { shopId } })).toBe(3);
  });

  test("given two workers take up one run at once, when one is second to an order, then it stops and each order counts once", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 12, keys: 40 });
    const runId = await startGiving(shopId, [attachmentId]);
    const begun = await db.bulkRun.update({ where: { id: runId }, data: { state: "running", total: 12 } });
    await openConnections(6);

    const workers = await Promise.allSettled([giveToPastOrders(begun, now), giveToPastOrders(begun, now)]);
    await carryOnRun(runId);

    expect(workers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.bulkRun.findUnique({ where: { id: runId } })).toMatchObject({
      state: "done",
      done: 12,
      report: { orders: 12 },
    });
    expect(await grantsOf(shopId)).toHaveLength(12);
    expect(await db.delivery.count({ where: { shopId } })).toBe(12);
  });

  test("given a worker died half way, when another takes the run up, then it goes on where the first one was", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 4 });
    const runId = await startGiving(shopId, [attachmentId]);
    const begun = await db.bulkRun.update({ where: { id: runId }, data: { state: "running", total: 4 } });
    await db.$executeRaw`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW."done" = 3 THEN RAISE EXCEPTION 'died'; END IF; RETURN NEW; END $$`;
    await db.$executeRaw`CREATE TRIGGER die BEFORE UPDATE ON "BulkRun" FOR EACH ROW EXECUTE FUNCTION die()`;
    await expect(giveToPastOrders(begun, now)).rejects.toThrow("died");
    await db.$executeRaw`DROP TRIGGER die ON "BulkRun"`;
    await db.$executeRaw`DROP FUNCTION die()`;
    expect(await grantsOf(shopId)).toHaveLength(2);

    await enqueueRuns();
    await carryOnRun(runId);

    expect(await db.bulkRun.findUnique({ where: { id: runId } })).toMatchObject({
      state: "done",
      done: 4,
      report: { orders: 4 },
    });
    expect(await grantsOf(shopId)).toHaveLength(4);
    expect(await db.delivery.count({ where: { shopId } })).toBe(4);
  });

  test("given a run longer than one stretch, when the stretch is over, then a further job goes on from there", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 5 });
    const runId = await startGiving(shopId, [attachmentId]);
    let time = Date.now();
    const slowly = () => new Date((time += 10_000));

    await carryOnRun(runId, slowly);
    const { done, state } = await db.bulkRun.findUniqueOrThrow({ where: { id: runId } });
    expect(state).toBe("running");
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(5);

    const waiting = await db.$queryRaw<{ key: string }[]>`
      SELECT key FROM graphile_worker.jobs WHERE key = ${`bulk_run:${runId}`} AND run_at <= now()`;
    expect(waiting).toHaveLength(1);
    await carryOnRun(runId);
    expect(await db.bulkRun.findUnique({ where: { id: runId } })).toMatchObject({ state: "done", done: 5 });
    expect(await grantsOf(shopId)).toHaveLength(5);
  });

  test("given a run that is cancelled half way, when its worker goes on, then nothing more is given and it says how far it was", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 3 });
    const runId = await startGiving(shopId, [attachmentId]);
    const begun = await db.bulkRun.update({ where: { id: runId }, data: { state: "running", total: 3 } });

    expect(await endRun({ shopId, runId, as: "cancelled", actor: "person:7", now })).toBe(true);
    await expect(giveToPastOrders(begun, now)).rejects.toThrow();
    await carryOnRun(runId);

    expect(await db.bulkRun.findUnique({ where: { id: runId } })).toMatchObject({
      state: "cancelled",
      done: 0,
      total: 3,
    });
    expect(await grantsOf(shopId)).toEqual([]);
    expect(await db.auditEntry.count({ where: { shopId, action: "given_to_past" } })).toBe(1);
    expect(await endRun({ shopId, runId, as: "cancelled", actor: "person:7", now })).toBe(false);
  });

  test("given orders are refunded while it is given to them, when both are through, then no refunded order has anything live", async () => {
    const { shopId, attachmentId, sold } = await shopThatSold({ orders: 10, keys: 30 });
    const runId = await startGiving(shopId, [attachmentId]);
    await openConnections(12);

    const refunds = sold.map((facts) => reconcileOrder(shopId, fullyRefunded(facts, seconds(9_000_000))));
    await Promise.all([carryOnRun(runId), ...refunds]);

    const live = (await grantsOf(shopId)).filter(({ state }) => state !== "revoked");
    expect(live).toEqual([]);
  });

  test("given a refund has the order's lock, when it is given to it meanwhile, then it waits and gives nothing", async () => {
    const { shopId, attachmentId } = await shopThatSold({ keys: 3 });
    const runId = await startGiving(shopId, [attachmentId]);
    await openConnections(4);

    let giving: Promise<void> | undefined;
    await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "shopId" = ${shopId}::uuid FOR NO KEY UPDATE`;
      giving = carryOnRun(runId);
      await setTimeout(500);
      await tx.order.updateMany({ where: { shopId }, data: { financialStatus: "refunded" } });
      await tx.orderLine.updateMany({ where: { shopId }, data: { currentQuantity: 0 } });
    });
    await giving;

    expect(await grantsOf(shopId)).toEqual([]);
  });

  test("given it was given to a past order, when that is reconciled and then refunded, then it stays and is then taken away", async () => {
    const { shopId, attachmentId, sold } = await shopThatSold({ keys: 5 });
    const facts = sold[0] ?? soldOrder();
    await giveToPast(shopId, [attachmentId]);

    await reconcileOrder(shopId, { ...facts, name: "renamed", updatedAt: seconds(60) });
    expect(await grantsOf(shopId)).toMatchObject([{ state: "active" }]);

    await reconcileOrder(shopId, fullyRefunded(facts, seconds(120)));
    expect(await grantsOf(shopId)).toMatchObject([{ state: "revoked", revokedBy: "order" }]);
  });

  test("given it was given to a past order and detached since, when the order changes, then the customer keeps it", async () => {
    const { shopId, attachmentId, sold } = await shopThatSold({ units: 2 });
    await giveToPast(shopId, [attachmentId]);
    await db.attachment.update({ where: { id: attachmentId }, data: { detachedAt: now } });
    const facts = sold[0] ?? soldOrder();

    await reconcileOrder(shopId, {
      ...facts,
      updatedAt: seconds(60),
      lines: facts.lines.map((line) => ({ ...line, currentQuantity: 1 })),
    });

    expect(await grantsOf(shopId)).toMatchObject([{ state: "active", units: 1 }]);
  });

  test("given a file that past orders have already, when another attachment of it is given to them, then they get nothing twice", async () => {
    const { shopId, attachmentId, attachment } = await shopThatSold({ orders: 2 });
    await giveToPast(shopId, [attachmentId]);
    const variantId = "gid://shopify/ProductVariant/9";
    const again = await createAttachment({
      shopId,
      assetId: attachment.assetId ?? "",
      productId: PRODUCT,
      variantId,
      createdAt: attachedAt,
    });

    const run = await giveToPast(shopId, [again.id]);

    expect(run).toMatchObject({ state: "done", total: 0 });
    expect((await grantsOf(shopId)).map((grant) => grant.attachmentId)).toEqual([attachmentId, attachmentId]);
  });

  test.each([
    ["unpaid", { financialStatus: "pending" }],
    ["cancelled", { cancelledAt: seconds(5) }],
    ["refunded", { financialStatus: "refunded" }],
  ])("given a past order that is %s, when it is given to all, then that order gets nothing", async (_name, over) => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 0 });
    await reconcileOrder(shopId, soldOrder(1, over));

    expect(await giveToPast(shopId, [attachmentId])).toMatchObject({ state: "done", total: 0 });
    expect(await grantsOf(shopId)).toEqual([]);
  });

  test("given a held order, when it is given to it, then that is held too and no key is used up", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 0, keys: 3, policy: { holdHighRisk: true } });
    await reconcileOrder(shopId, soldOrder(1, { riskLevel: "high" }));

    await giveToPast(shopId, [attachmentId]);

    expect(await grantsOf(shopId)).toMatchObject([{ state: "held", poolKey: null }]);
    expect(await db.delivery.count({ where: { shopId } })).toBe(0);
  });

  test("given a shop that holds and a recent order of unknown risk, when it is given to it, then Shopify is asked and that decides", async () => {
    const { shopId, attachmentId } = await shopThatSold({ orders: 0, policy: { holdHighRisk: true } });
    const lately = new Date(Date.now() - 86_400_000);
    lately.setMilliseconds(0);
    const facts = soldOrder(1, { processedAt: lately, updatedAt: lately, paidAt: lately });
    await reconcileOrder(shopId, facts);
    await db.attachment.update({ where: { id: attachmentId }, data: { createdAt: new Date() } });

    const run = await giveToPast(shopId, [attachmentId]);
    expect(run.report).toMatchObject({ orders: 0, asked: 1 });
    expect(await grantsOf(shopId)).toEqual([]);

    await reconcileOrder(shopId, { ...facts, riskLevel: "low" }, { source: "read" });
    expect(await grantsOf(shopId)).toMatchObject([{ state: "active", attachmentId }]);
  });

  test("given names and dates, when they choose the orders, then only those are counted and given to", async () => {
    const { shopId, attachmentId, sold } = await shopThatSold({ orders: 3 });
    const name = sold[1]?.name ?? "";
    const names = { kind: "names" as const, names: [name.slice(1), "#nobody"] };

    expect(await previewPastOrders(shopId, { attachmentIds: [attachmentId], which: names }, new Date())).toMatchObject({
      orders: 1,
      grants: 1,
      unknownNames: ["#nobody"],
    });
    const later = { kind: "dates" as const, from: seconds(1).toISOString(), to: seconds(99).toISOString() };
    expect(await giveToPast(shopId, [attachmentId], { which: later })).toMatchObject({ total: 0 });
    expect(await giveToPast(shopId, [attachmentId], { which: names })).toMatchObject({
      total: 1,
      report: { orders: 1 },
    });
  });

  test("given keys are short, when it is previewed, then it says how many are needed and there, and nothing is written", async () => {
    const { shopId, attachmentId, poolId } = await shopThatSold({ orders: 2, units: 2, keys: 5, keysPerUnit: 3 });

    const preview = await previewPastOrders(shopId, { attachmentIds: [attachmentId], which: all }, new Date());

    expect(preview).toMatchObject({ orders: 2, grants: 12, pools: [{ id: poolId, needed: 12, available: 5 }] });
    expect(await grantsOf(shopId)).toEqual([]);
    expect(await db.bulkRun.count({ where: { shopId } })).toBe(0);
  });

  test("given the same is asked for eight times at once, when it starts, then there is one run", async () => {
    const { shopId, attachmentId } = await shopThatSold();
    await openConnections(8);

    const runs = await Promise.all(Array.from({ length: 8 }, () => startGiving(shopId, [attachmentId])));

    expect(new Set(runs).size).toBe(1);
  });

  test("given another shop's attachment, or one that was detached, when it is to be given, then it is refused", async () => {
    const { attachmentId } = await shopThatSold();
    const shop = await createShop();
    const wish = {
      productId: PRODUCT,
      productTitle: "Guide",
      attachmentIds: [attachmentId],
      which: all,
      tellsCustomers: true,
    };

    const result = await startPastOrders({ shopId: shop.id, wish, actor: "person:7", now });

    expect(result).toEqual({ kind: "refused", reason: "unknown_attachment" });
  });

  test("given any sales, gifts and refunds in any order, when all are through, then what is live is what is still paid for", async () => {
    const step = fc.constantFrom("give", "give quietly", "refund", "repeat", "detach");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.integer({ min: 1, max: 3 }), async (steps, units) => {
        const { shopId, attachmentId, sold } = await shopThatSold({ keys: 9, units });
        let facts = sold[0] ?? soldOrder();
        let [isGiven, isDetached, at] = [false, false, 0];
        for (const name of steps) {
          at += 60;
          if (name.startsWith("give") && !isDetached) {
            await giveToPast(shopId, [attachmentId], { tellsCustomers: name === "give" });
            isGiven ||= facts.lines.some(({ currentQuantity }) => currentQuantity > 0);
          }
          if (name === "refund") {
            const lines = facts.lines.map((line) => ({
              ...line,
              currentQuantity: Math.max(0, line.currentQuantity - 1),
            }));
            facts = { ...facts, financialStatus: "partially_refunded", updatedAt: seconds(at), lines };
          }
          if (name === "refund" || name === "repeat")
            await reconcileOrder(shopId, { ...facts, updatedAt: seconds(at) });
          if (name === "detach") {
            isDetached = true;
            await db.attachment.update({ where: { id: attachmentId }, data: { detachedAt: now } });
          }
        }
        const owed = isGiven ? (facts.lines[0]?.currentQuantity ?? 0) : 0;
        const live = (await grantsOf(shopId)).filter(({ state }) => state === "active");
        expect(live).toHaveLength(owed);
        expect(new Set(live.map(({ poolKey }) => poolKey?.id)).size).toBe(owed);
      }),
      { numRuns: 25 },
    );
  });
});
