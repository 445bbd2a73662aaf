import { db, inTransaction } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { fulfillLines, type FulfillLinesResult } from "~/gateways/shopify/fulfill-lines.server";
import { ShopifyDenied } from "~/gateways/shopify/shopify-unavailable";

export const LACKS_PERMISSION =
  "The app lacks the permission to fulfill orders. Open it in Shopify's admin and agree to what it asks for";

export type FulfillOrderInput = { shopId: string; orderId: string; now: Date };

/**
 * Tells Shopify that the lines of an order which gave something are fulfilled, where the shop wants that: those whose
 * grants are all open. A line that still waits for a key, or is held, is told when it opens.
 *
 * May be repeated, also after a crash between Shopify's yes and our mark.
 *
 * @throws ShopifyUnavailable when trying again may help. What a person has to settle is written to the order instead.
 */
export async function fulfillOrder({ shopId, orderId, now }: FulfillOrderInput): Promise<void> {
  const order = await db.order.findFirst({
    where: { id: orderId, shopId, cancelledAt: null, shop: { uninstalledAt: null, fulfillLines: true } },
    include: { shop: true, lines: { include: { grants: { select: { state: true } } } } },
  });
  const lineIds = order?.lines.filter(isGiven).map((line) => line.shopifyId) ?? [];
  if (!order || lineIds.length === 0) return;

  const { domain, fulfillNotifies: notifyCustomer } = order.shop;
  const result = await fulfillLines(domain, { orderId: order.shopifyId, lineIds, notifyCustomer }).catch(
    (error: unknown): FulfillLinesResult => {
      if (error instanceof ShopifyDenied) return { kind: "refused", message: LACKS_PERMISSION };
      throw error;
    },
  );
  if (result.kind === "refused") await writeProblem(order, result.message);
  else if (result.now + result.before > 0) await markFulfilled(order, result.now, now);
}

function isGiven({ currentQuantity, grants }: { currentQuantity: number; grants: { state: string }[] }): boolean {
  const isOpen = grants.some(({ state }) => state === "active");
  const isShut = grants.some(({ state }) => state === "waiting" || state === "held");
  return currentQuantity > 0 && isOpen && !isShut;
}

type FulfilledOrder = { id: string; shopId: string; name: string };

function markFulfilled({ id, shopId, name }: FulfilledOrder, lines: number, now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.order.updateMany({ where: { id, fulfillProblem: { not: null } }, data: { fulfillProblem: null } });
    const first = await tx.order.updateMany({ where: { id, fulfilledAt: null }, data: { fulfilledAt: now } });
    if (first.count === 0 && lines === 0) return;
    await recordAudit(tx, { shopId, actor: "worker", action: "fulfilled", orderId: id, data: { order: name } });
  });
}

/** The same problem again is not told again. */
function writeProblem({ id, shopId, name }: FulfilledOrder, problem: string): Promise<void> {
  return inTransaction(async (tx) => {
    const isNew = { id, OR: [{ fulfillProblem: null }, { fulfillProblem: { not: problem } }] };
    const { count } = await tx.order.updateMany({ where: isNew, data: { fulfillProblem: problem } });
    if (count === 0) return;
    const data = { order: name, problem };
    await recordAudit(tx, { shopId, actor: "worker", action: "unfulfilled", orderId: id, data });
  });
}
