import { db } from "~/db.server";
import type { OrderFacts } from "./order-facts";

/**
 * An order as it was last heard of, for one that Shopify no longer shows: apps see the orders of the last 60 days,
 * while webhooks tell of older ones, too. What only a reading would tell is taken to be as the webhooks make it likely:
 * paid when they said so, and of no risk.
 *
 * @returns null when it was never heard of.
 */
export async function storedFacts(shopId: string, shopifyId: string): Promise<OrderFacts | null> {
  const order = await db.order.findUnique({
    where: { shopId_shopifyId: { shopId, shopifyId } },
    include: { lines: true },
  });
  if (!order) return null;

  const { name, email, customerId, locale, sourceName, financialStatus, isFree, cancelledAt } = order;
  const { processedAt, updatedAt, paidAt, riskLevel, lines } = order;
  return {
    ...{ shopifyId, name, email, customerId, locale, sourceName, financialStatus, isFree, cancelledAt },
    ...{ processedAt, updatedAt, lines },
    checkoutToken: null,
    riskLevel: isRiskLevel(riskLevel) ? riskLevel : "none",
    paidAt: paidAt ?? updatedAt,
    paidFor: null,
  };
}

function isRiskLevel(level: string | null): level is NonNullable<OrderFacts["riskLevel"]> {
  return level === "none" || level === "low" || level === "medium" || level === "high";
}
