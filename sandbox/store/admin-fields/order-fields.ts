import { connectionOf } from "../connection.ts";
import { digitsOf, gid } from "../identifiers.ts";
import type { Order, RiskLevel } from "../model.ts";
import { fulfillmentStatus } from "../order-book.ts";
import { orderTotals, type OrderTotals } from "../order-totals.ts";
import { fieldsIn, matchesMoment, matchesNumber, matchesText, searchFilter, type Term } from "../search-query.ts";
import { agreementsOf } from "./agreement-fields.ts";
import { moneyBag, text, type AdminContext, type Arguments, type Fields } from "./fields.ts";
import { withDigits } from "./product-fields.ts";

const bag = (cents: (totals: OrderTotals) => number) => (order: Order) =>
  moneyBag(cents(orderTotals(order)), order.currency);
const none = (order: Order) => moneyBag(0, order.currency);
const firstOf = <Row>(rows: Row[], args: Arguments) =>
  typeof args.first === "number" ? rows.slice(0, args.first) : rows;

const recommendations: Record<RiskLevel, string> = {
  none: "NONE",
  low: "ACCEPT",
  medium: "INVESTIGATE",
  high: "CANCEL",
};

export const orderFields: Fields<Order> = {
  additionalFees: () => [],
  agreements: (order, args) => connectionOf(agreementsOf(order), args),
  alerts: () => [],
  billingAddressMatchesShippingAddress: () => true,
  canMarkAsPaid: (order) => orderTotals(order).outstandingCents > 0,
  canNotifyCustomer: (order) => order.email !== null,
  cancelReason: (order) => order.cancelReason?.toUpperCase() ?? null,
  cancellation: (order) => (order.cancelledAt ? { staffNote: null } : null),
  capturable: (order) => order.financialStatus === "authorized",
  closed: (order) => order.closedAt !== null,
  confirmed: () => true,
  currencyCode: (order) => order.currency,
  currentCartDiscountAmountSet: none,
  currentShippingPriceSet: none,
  currentSubtotalLineItemsQuantity: (order) => order.lines.reduce((sum, line) => sum + line.currentQuantity, 0),
  currentSubtotalPriceSet: bag((totals) => totals.currentCents),
  currentTaxLines: () => [],
  currentTotalDiscountsSet: none,
  currentTotalPriceSet: bag((totals) => totals.currentCents),
  currentTotalTaxSet: none,
  currentTotalWeight: () => "0",
  customAttributes: (order) => order.attributes.map(({ name, value }) => ({ key: name, value })),
  customer: (order, _args, { store, shop }) => order.customerId && store.findCustomer(order.customerId, shop.domain),
  customerAcceptsMarketing: () => false,
  customerLocale: (order) => order.locale,
  discountCodes: () => [],
  displayFinancialStatus: (order) => order.financialStatus.toUpperCase(),
  displayFulfillmentStatus: (order) =>
    ({ fulfilled: "FULFILLED", partial: "PARTIALLY_FULFILLED", none: "UNFULFILLED" })[
      fulfillmentStatus(order) ?? "none"
    ],
  disputes: () => [],
  dutiesIncluded: () => false,
  edited: (order) => order.edits.length > 0,
  estimatedTaxes: () => false,
  fulfillable: (order) => !order.cancelledAt && fulfillmentStatus(order) !== "fulfilled",
  fulfillmentOrders: (order, args) => connectionOf([{ id: order.fulfillmentOrderId, order }], args),
  fulfillments: (order, args) => firstOf(order.fulfillments, args).map((fulfillment) => ({ ...fulfillment, order })),
  fulfillmentsCount: (order) => ({ count: order.fulfillments.length, precision: "EXACT" }),
  fullyPaid: (order) => orderTotals(order).outstandingCents === 0,
  hasTimelineComment: () => false,
  legacyResourceId: (order) => digitsOf(order.id),
  lineItems: (order, args) =>
    connectionOf(
      order.lines.map((line) => ({ ...line, order })),
      args,
    ),
  merchantEditable: (order) => order.cancelledAt === null,
  merchantEditableErrors: () => [],
  netPaymentSet: bag((totals) => totals.netCents),
  nonFulfillableLineItems: (order, args) =>
    connectionOf(
      order.lines.filter((line) => line.currentQuantity === 0).map((line) => ({ ...line, order })),
      args,
    ),
  originalTotalPriceSet: bag((totals) => totals.originalCents),
  paymentCollectionDetails: () => ({ additionalPaymentCollectionUrl: null, vaultedPaymentMethods: [] }),
  paymentGatewayNames: (order) => [...new Set(order.transactions.map((transaction) => transaction.gateway))],
  presentmentCurrencyCode: (order) => order.currency,
  productNetwork: () => false,
  refundDiscrepancySet: (order) =>
    moneyBag(
      order.refunds.reduce((sum, refund) => sum + refund.adjustmentCents, 0),
      order.currency,
    ),
  refundable: (order) => orderTotals(order).netCents > 0,
  refunds: (order, args) => firstOf(order.refunds, args).map((refund) => ({ ...refund, order })),
  requiresShipping: (order) => order.lines.some((line) => line.requiresShipping),
  restockable: () => false,
  returnStatus: () => "NO_RETURN",
  risk: (order) => ({
    recommendation: recommendations[order.riskLevel],
    assessments:
      order.riskLevel === "none" ? [] : [{ riskLevel: order.riskLevel.toUpperCase(), facts: [], provider: null }],
  }),
  riskLevel: (order) => (order.riskLevel === "none" ? "LOW" : order.riskLevel.toUpperCase()),
  risks: () => [],
  statusPageUrl: (order) => order.statusPageUrl,
  subtotalLineItemsQuantity: (order) => order.lines.reduce((sum, line) => sum + line.quantity, 0),
  subtotalPriceSet: bag((totals) => totals.totalCents),
  taxExempt: () => false,
  taxLines: () => [],
  taxesIncluded: () => false,
  test: () => false,
  totalCapturableSet: (order) =>
    moneyBag(order.financialStatus === "authorized" ? orderTotals(order).totalCents : 0, order.currency),
  totalCashRoundingAdjustment: (order) => ({ paymentSet: none(order), refundSet: none(order) }),
  totalDiscountsSet: none,
  totalOutstandingSet: bag((totals) => totals.outstandingCents),
  totalPriceSet: bag((totals) => totals.totalCents),
  totalReceivedSet: bag((totals) => totals.receivedCents),
  totalRefundedSet: bag((totals) => totals.refundedCents),
  totalRefundedShippingSet: none,
  totalShippingPriceSet: none,
  totalTaxSet: none,
  totalTipReceivedSet: none,
  totalWeight: () => "0",
  transactions: (order, args) => firstOf(order.transactions, args).map((transaction) => ({ ...transaction, order })),
  transactionsCount: (order) => ({ count: order.transactions.length, precision: "EXACT" }),
  unpaid: (order) => orderTotals(order).receivedCents === 0 && orderTotals(order).outstandingCents > 0,
  app: (order) => ({
    id: gid("App", 6100000000080),
    name: order.sourceName === "web" ? "Online Store" : order.sourceName,
  }),
};

/** The orders that `query` finds; what Shopify would ignore in it is noted in `context`. */
export function searchOrders(orders: Order[], args: Arguments, context: AdminContext): Order[] {
  const query = text(args, "query") ?? "";
  const example = orders[0];
  if (example) {
    for (const field of fieldsIn(query)) {
      if (orderMatches(example, { field, comparator: ":", value: "" }) === null) context.ignoredSearchFields.add(field);
    }
  }
  return orders.filter(searchFilter<Order>(query, orderMatches));
}

export function orderSortValue(sortKey: unknown): (order: Order) => string | number {
  if (sortKey === "UPDATED_AT") return (order) => order.updatedAt;
  if (sortKey === "CREATED_AT") return (order) => order.createdAt;
  if (sortKey === "ID") return () => 0;
  if (sortKey === "ORDER_NUMBER") return (order) => order.number;
  if (sortKey === "TOTAL_PRICE") return (order) => orderTotals(order).totalCents;
  if (sortKey === "CURRENT_TOTAL_PRICE") return (order) => orderTotals(order).currentCents;
  if (sortKey === "FINANCIAL_STATUS") return (order) => order.financialStatus;
  if (sortKey === "FULFILLMENT_STATUS") return (order) => fulfillmentStatus(order) ?? "";
  return (order) => order.processedAt;
}

/** @returns null for a field Shopify does not search orders by */
function orderMatches(order: Order, term: Term): boolean | null {
  const value = term.value.toLowerCase();
  const isAmong = (status: string) => value.split(",").includes(status);
  switch (term.field) {
    case null:
      return [order.name, String(order.number), order.email, order.phone].some((known) => matchesText(known, term));
    case "name":
      return [order.name, String(order.number)].some((known) => matchesText(known, term));
    case "email":
      return matchesText(order.email, term);
    case "id":
      return matchesNumber(Number(digitsOf(order.id)), withDigits(term));
    case "customer_id":
      return matchesNumber(Number(digitsOf(order.customerId ?? "")), withDigits(term));
    case "financial_status":
      return isAmong(order.financialStatus) || (isAmong("unpaid") && orderTotals(order).outstandingCents > 0);
    case "fulfillment_status":
      return isAmong(
        { fulfilled: "shipped", partial: "partial", none: "unshipped" }[fulfillmentStatus(order) ?? "none"],
      );
    case "status":
      if (isAmong("any")) return true;
      return order.cancelledAt ? isAmong("cancelled") : order.closedAt ? isAmong("closed") : isAmong("open");
    case "risk_level":
      return isAmong(order.riskLevel);
    case "sku":
      return order.lines.some((line) => matchesText(line.sku, term));
    case "source_name":
      return matchesText(order.sourceName, term);
    case "tag":
      return order.tags.some((tag) => matchesText(tag, term));
    case "test":
      return value === "false";
    case "created_at":
      return matchesMoment(order.createdAt, term);
    case "updated_at":
      return matchesMoment(order.updatedAt, term);
    case "processed_at":
      return matchesMoment(order.processedAt, term);
    default:
      return null;
  }
}
