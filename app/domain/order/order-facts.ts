import type { LineUnits } from "./paid-for";

/** What Shopify says an order is now, whichever way it told. */
export type OrderFacts = {
  /** gid://shopify/Order/… */
  shopifyId: string;
  name: string;
  email: string | null;
  /** gid://shopify/Customer/… */
  customerId: string | null;
  checkoutToken: string | null;
  locale: string | null;
  /** Shopify's source_name: web, pos, shopify_draft_order, subscription_contract, … */
  sourceName: string | null;
  /** What Shopify's risk assessment says; null where the source does not tell. */
  riskLevel: RiskLevel | null;
  /** Shopify's financial status, in lower case. */
  financialStatus: string;
  /** Nothing had to be paid from the start. */
  isFree: boolean;
  cancelledAt: Date | null;
  processedAt: Date;
  /** The exact moment it was paid, where the source tells it: webhooks do not. */
  paidAt: Date | null;
  /**
   * The units paid for of an order to which an edit added more than is paid; none: nothing was ever paid in full.
   * Null where it does not apply or the source does not tell: webhooks do not.
   */
  paidFor: LineUnits[] | null;
  /** Whole seconds, as Shopify counts. */
  updatedAt: Date;
  lines: LineFacts[];
};

/** "none": not assessed, or nothing found. */
export type RiskLevel = "none" | "low" | "medium" | "high";

export type LineFacts = {
  /** gid://shopify/LineItem/… */
  shopifyId: string;
  /** gids; null for a custom item and, over GraphQL, for what was deleted since. */
  productId: string | null;
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  /** What is left after edits and refunds. */
  currentQuantity: number;
};

const PAID_STATUSES = new Set(["paid", "partially_refunded"]);
const UNPAID_FOR_GOOD = new Set(["refunded", "voided"]);

/** Whether the customer is owed what the order's lines still hold. */
export function isPaid(facts: Pick<OrderFacts, "financialStatus" | "isFree" | "cancelledAt">): boolean {
  if (facts.cancelledAt) return false;
  return PAID_STATUSES.has(facts.financialStatus) || (facts.isFree && !UNPAID_FOR_GOOD.has(facts.financialStatus));
}
