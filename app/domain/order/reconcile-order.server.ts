import { Prisma, type Order } from "@prisma/client";
import { db, inTransaction, queryPrepared, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import type { AppliedChanges } from "~/domain/grant/apply-changes.server";
import { reach, type PaidWindow } from "~/domain/grant/grants-wanted";
import { followStock } from "~/domain/pool/follow-stock.server";
import { enqueue } from "~/jobs/enqueue.server";
import { attachmentsOf } from "./attachments-of.server";
import { factsHash } from "./facts-hash.server";
import { onlyFollows } from "./only-follows";
import { isPaid, type LineFacts, type OrderFacts } from "./order-facts";
import { settleGrants } from "./settle-grants.server";
import { learnCheckoutToken, lockOrder, storeLines, updateOrder, type StoredLine } from "./store-order.server";

/** `event`: Shopify sent it, perhaps late. `read`: we just asked, so it settles what events leave open. */
export type FactsSource = "event" | "read";

export type ReconcileResult =
  | ({ kind: "reconciled"; orderId: string } & AppliedChanges)
  /** Older than what is stored: nothing was changed. */
  | { kind: "stale"; orderId: string }
  /** Said already: nothing was changed. */
  | { kind: "unchanged"; orderId: string }
  /** The facts leave something open; a job will read the order and reconcile it. */
  | { kind: "deferred"; orderId: string };

export type ReconcileOptions = {
  source?: FactsSource;
  /** Of a reading: when Shopify was asked. What was stored since may be newer than what it says of the same second. */
  askedAt?: Date;
  /** Whom the audit names for what it changes. */
  actor?: AuditActor;
  now?: Date;
};

/**
 * Brings an order's grants to what Shopify says the order is now.
 *
 * Every event about an order ends here, in one short transaction that holds the order's lock: the same
 * facts twice change nothing, older facts change nothing, and any order of the same events ends in the
 * same grants.
 *
 * @throws only when the database fails; nothing was written and the call may be repeated.
 */
export async function reconcileOrder(
  shopId: string,
  facts: OrderFacts,
  { source = "event", askedAt, actor = "shopify", now = new Date() }: ReconcileOptions = {},
): Promise<ReconcileResult> {
  const poolIds = new Set<string>();
  const result = await inTransaction<ReconcileResult>(async (tx) => {
    const { order, madeLines } = await lockOrder(tx, shopId, facts);
    const isNew = madeLines !== null;
    if (!isNew) await learnCheckoutToken(tx, order, facts);
    const age = isNew ? "newer" : compare(facts, order);
    if (age === "older") return { kind: "stale", orderId: order.id };
    if (age === "same" && (source === "event" || isSettled(facts, order)))
      return { kind: "unchanged", orderId: order.id };
    if (age === "conflicting" && source === "event") {
      const deferred = await defer(tx, order);
      if (!(await isProgress(tx, order, facts))) return deferred;
    }

    if (age === "conflicting" && askedAt && order.storedAt >= askedAt) return defer(tx, order);

    if (!isNew) await updateOrder(tx, order, facts, new Date());
    const lines = madeLines ?? (await storeLines(tx, order, facts));
    const attachments = await attachmentsOf(tx, { shopId, orderId: order.id, lines });
    for (const { poolId } of attachments) if (poolId) poolIds.add(poolId);
    const paid = paidWindow(facts, order);
    const reaching = attachments.filter((attachment) => reach(attachment, paid) === "yes");
    const isUnclear = isPaid(facts) && attachments.some((attachment) => reach(attachment, paid) === "unclear");
    if (source === "event" && (isUnclear || leavesOpen(facts, order))) return defer(tx, order);

    const paidUnits = paidUnitsOf(facts, lines);
    if ((isPaid(facts) || paidUnits) && !order.paidAt) {
      const sql = Prisma.sql`UPDATE "Order" SET "paidAt" = ${paid.from} WHERE "id" = ${order.id}::uuid`;
      await queryPrepared(tx, "set paid at", sql);
    }
    const riskLevel = facts.riskLevel ?? order.riskLevel; // webhooks do not tell it: what was read stays
    const needsRisk = order.policy.holdHighRisk && isPaid(facts) && !riskLevel;
    if (source === "event" && needsRisk) return defer(tx, order);

    const present = isNew ? [] : await tx.grant.findMany({ where: { orderId: order.id } });
    const settling = {
      order,
      facts,
      paidUnits,
      isNowAddressed: !order.email && !order.redactedAt && Boolean(facts.email),
      riskLevel,
      lines,
      reaching,
      present,
      policy: order.policy,
      paidAt: paid.from,
      actor,
      now,
    };
    const applied = await settleGrants(tx, settling);
    if (!applied) return { kind: "unchanged", orderId: order.id };
    return { kind: "reconciled", orderId: order.id, ...applied };
  });
  await followStock(db, shopId, [...poolIds]);
  return result;
}

/**
 * Whether facts that say what is stored leave nothing open either: an order stored and then put off for a reading
 * lacks the moment of its payment or its risk. Asked again and again, most orders end here.
 */
function isSettled(facts: OrderFacts, order: Order): boolean {
  const isPaymentKnown = order.paidAt !== null || !isPaid(facts);
  const isRiskKnown = facts.riskLevel === null || facts.riskLevel === order.riskLevel;
  const tellsWho =
    order.redactedAt === null &&
    ((facts.email !== null && facts.email !== order.email) ||
      (facts.customerId !== null && facts.customerId !== order.customerId));
  return isPaymentKnown && isRiskKnown && !tellsWho && facts.paidFor === null;
}

/**
 * Facts of one second that say different things are settled by asking Shopify. What can only have come
 * later, a payment above all, is applied without waiting for the answer.
 */
async function isProgress(tx: Tx, order: Order, facts: OrderFacts): Promise<boolean> {
  const lines = await tx.orderLine.findMany({ where: { orderId: order.id } });
  const standing = (
    of: Pick<OrderFacts, "financialStatus" | "cancelledAt">,
    rows: Pick<LineFacts, "shopifyId" | "currentQuantity">[],
  ) => ({
    ...of,
    quantities: new Map(rows.map((line) => [line.shopifyId, line.currentQuantity])),
  });
  return onlyFollows(standing(facts, facts.lines), standing(order, lines));
}

function compare(facts: OrderFacts, order: Order): "older" | "same" | "conflicting" | "newer" {
  const difference = facts.updatedAt.getTime() - order.updatedAt.getTime();
  if (difference !== 0) return difference < 0 ? "older" : "newer";
  return Buffer.from(order.factsHash).equals(factsHash(facts)) ? "same" : "conflicting";
}

/** Between placing the order and the facts that first call it paid, unless the moment is known. */
function paidWindow(facts: OrderFacts, order: Order): PaidWindow {
  const known = order.paidAt ?? facts.paidAt;
  return known ? { from: known, to: known } : { from: facts.processedAt, to: facts.updatedAt };
}

/**
 * Whether something may have been paid for of an order that is not paid: part of it before an edit added more, all of
 * it when it was free before. Only a reading tells (see `OrderFacts.paidFor`).
 */
function leavesOpen(facts: OrderFacts, order: Order): boolean {
  if (facts.cancelledAt || isPaid(facts)) return false;
  return facts.financialStatus === (order.paidAt ? "pending" : "partially_paid");
}

/** By line; null: all, nothing, or not known. */
function paidUnitsOf(facts: OrderFacts, lines: StoredLine[]): Map<string, number> | null {
  if (facts.cancelledAt || !facts.paidFor?.some(({ units }) => units > 0)) return null;
  const unitsOf = new Map(facts.paidFor.map(({ shopifyId, units }) => [shopifyId, units]));
  return new Map(lines.map(({ id, shopifyId }) => [id, unitsOf.get(shopifyId) ?? 0]));
}

async function defer(tx: Tx, order: Order): Promise<ReconcileResult> {
  const { id: orderId, shopId, shopifyId } = order;
  await enqueue(tx, "reconcile_order", { shopId, shopifyId }, `reconcile_order:${shopId}:${shopifyId}`);
  return { kind: "deferred", orderId };
}
