import type { Order } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { applyChanges, type AppliedChanges } from "~/domain/grant/apply-changes.server";
import { grantChanges } from "~/domain/grant/grant-changes";
import { grantsWanted, reach, type PaidWindow, type StandingAttachment } from "~/domain/grant/grants-wanted";
import { enqueue } from "~/jobs/enqueue.server";
import { factsHash } from "./facts-hash.server";
import { isPaid, type OrderFacts } from "./order-facts";
import { lockOrder, storeLines, updateOrder, type StoredLine } from "./store-order.server";

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

/**
 * Brings an order's grants to what Shopify says the order is now.
 *
 * Every event about an order ends here, in one short transaction that holds the order's lock: the same
 * facts twice change nothing, older facts change nothing, and any order of the same events ends in the
 * same grants.
 *
 * @throws only when the database fails; nothing was written and the call may be repeated.
 */
export function reconcileOrder(
  shopId: string,
  facts: OrderFacts,
  { source = "event", now = new Date() }: { source?: FactsSource; now?: Date } = {},
): Promise<ReconcileResult> {
  return inTransaction(async (tx) => {
    const { order, isNew } = await lockOrder(tx, shopId, facts);
    const age = isNew ? "newer" : compare(facts, order);
    if (age === "older") return { kind: "stale", orderId: order.id };
    if (age === "same" && source === "event") return { kind: "unchanged", orderId: order.id };
    if (age === "conflicting" && source === "event") return defer(tx, order);

    if (!isNew) await updateOrder(tx, order, facts);
    const lines = await storeLines(tx, order, facts);
    const attachments = await attachmentsOf(tx, shopId, lines);
    const paid = paidWindow(facts, order);
    const reaching = attachments.filter((attachment) => reach(attachment, paid) === "yes");
    const isUnclear = attachments.some((attachment) => reach(attachment, paid) === "unclear");
    if (isUnclear && isPaid(facts) && source === "event") return defer(tx, order);

    if (isPaid(facts) && !order.paidAt) {
      await tx.order.update({ where: { id: order.id }, data: { paidAt: paid.from } });
    }
    const applied = await settle(tx, order, facts, lines, reaching, paid, now);
    return { kind: "reconciled", orderId: order.id, ...applied };
  });
}

async function settle(
  tx: Tx,
  order: Order,
  facts: OrderFacts,
  lines: StoredLine[],
  attachments: StandingAttachment[],
  paid: PaidWindow,
  now: Date,
): Promise<AppliedChanges> {
  const wanted = grantsWanted(facts, lines, attachments);
  const present = await tx.grant.findMany({ where: { orderId: order.id } });
  const changes = grantChanges(wanted, present);
  const policy = await policyOf(tx, order.shopId, paid);
  const applied = await applyChanges(tx, order, changes, policy, now);

  for (const action of ["granted", "revoked", "restored"] as const) {
    const count = action === "granted" ? applied.granted + applied.waiting : applied[action];
    if (count === 0) continue;
    const data = { count, waiting: action === "granted" ? applied.waiting : 0, order: order.name };
    await recordAudit(tx, { shopId: order.shopId, actor: "shopify", action, orderId: order.id, data });
  }
  return applied;
}

/** Facts of one second that say different things are told apart by asking Shopify. */
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

async function defer(tx: Tx, order: Order): Promise<ReconcileResult> {
  const { id: orderId, shopId, shopifyId } = order;
  await enqueue(tx, "reconcile_order", { shopId, shopifyId }, `reconcile_order:${orderId}`);
  return { kind: "deferred", orderId };
}

function attachmentsOf(tx: Tx, shopId: string, lines: StoredLine[]): Promise<StandingAttachment[]> {
  const productIds = [...new Set(lines.map((line) => line.productId).filter((id) => id !== null))];
  return tx.attachment.findMany({ where: { shopId, productId: { in: productIds } } });
}

async function policyOf(tx: Tx, shopId: string, paid: PaidWindow) {
  const shop = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { downloadLimit: true, accessDays: true },
  });
  const expiresAt = shop.accessDays === null ? null : new Date(paid.from.getTime() + shop.accessDays * 86_400_000);
  return { downloadLimit: shop.downloadLimit, expiresAt };
}
