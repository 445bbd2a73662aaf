import { connectionOf } from "../connection.ts";
import { digitsOf, gid } from "../identifiers.ts";
import type { Fulfillment, Order, OrderLine, Refund, Transaction } from "../model.ts";
import { amountFrom } from "../money.ts";
import { fulfillableQuantity, fulfillmentStatus } from "../order-book.ts";
import { money, moneyBag, type Fields } from "./fields.ts";

/** A part of an order, with the order it is part of. */
export type Part<Of> = Of & { order: Order };

const price = (units: (line: OrderLine) => number) => (line: Part<OrderLine>) =>
  moneyBag(line.priceCents * units(line), line.order.currency);

export const lineFields: Fields<Part<OrderLine>> = {
  customAttributes: () => [],
  discountAllocations: () => [],
  discountedTotalSet: price((line) => line.quantity),
  discountedUnitPriceAfterAllDiscountsSet: price(() => 1),
  discountedUnitPriceSet: price(() => 1),
  duties: () => [],
  fulfillableQuantity: fulfillableQuantity,
  image: () => null,
  isGiftCard: () => false,
  merchantEditable: () => true,
  name: (line) => (line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title),
  nonFulfillableQuantity: (line) => line.quantity - line.currentQuantity,
  originalTotalSet: price((line) => line.quantity),
  originalUnitPriceSet: price(() => 1),
  priceAfterAllDiscountsBeforeTaxesSet: price((line) => line.quantity),
  product: (line, _args, { store, shop }) => store.findProduct(line.productId, shop.domain),
  refundableQuantity: (line) => line.currentQuantity,
  restockable: () => false,
  sellingPlan: ({ sellingPlan }) => sellingPlan && { name: sellingPlan.name, sellingPlanId: sellingPlan.id },
  taxLines: () => [],
  taxable: () => true,
  totalDiscountSet: price(() => 0),
  unfulfilledDiscountedTotalSet: price(fulfillableQuantity),
  unfulfilledOriginalTotalSet: price(fulfillableQuantity),
  unfulfilledQuantity: fulfillableQuantity,
  variant: (line, _args, { store, shop }) => store.findVariant(line.variantId, shop.domain)?.variant ?? null,
};

export const transactionFields: Fields<Part<Transaction>> = {
  amount: (transaction) => amountFrom(transaction.amountCents),
  amountSet: (transaction) => moneyBag(transaction.amountCents, transaction.order.currency),
  amountV2: (transaction) => money(transaction.amountCents, transaction.order.currency),
  fees: () => [],
  formattedGateway: (transaction) => (transaction.gateway === "manual" ? "Manual" : "Shopify Payments"),
  kind: (transaction) => transaction.kind.toUpperCase(),
  manualPaymentGateway: (transaction) => transaction.gateway === "manual",
  manuallyCapturable: (transaction) => transaction.kind === "authorization",
  multiCapturable: () => false,
  parentTransaction: ({ parentId, order }) => {
    const parent = order.transactions.find((candidate) => candidate.id === parentId);
    return parent ? { ...parent, order } : null;
  },
  paymentId: (transaction) => digitsOf(transaction.id),
  processedAt: (transaction) => transaction.createdAt,
  status: (transaction) => transaction.status.toUpperCase(),
  test: () => false,
};

export const refundFields: Fields<Part<Refund>> = {
  duties: () => [],
  legacyResourceId: (refund) => digitsOf(refund.id),
  processedAt: (refund) => refund.createdAt,
  refundLineItems: (refund, args) =>
    connectionOf(
      refund.lines.map((line) => ({ ...line, order: refund.order })),
      args,
    ),
  totalRefundedSet: (refund) =>
    moneyBag(
      refund.order.transactions
        .filter(({ id }) => refund.transactionIds.includes(id))
        .reduce((sum, { amountCents }) => sum + amountCents, 0),
      refund.order.currency,
    ),
  transactions: ({ order, transactionIds }, args) =>
    connectionOf(
      order.transactions
        .filter(({ id }) => transactionIds.includes(id))
        .map((transaction) => ({ ...transaction, order })),
      args,
    ),
  updatedAt: (refund) => refund.createdAt,
};

export const refundLineFields: Fields<Part<Refund["lines"][number]>> = {
  lineItem: ({ lineId, order }) => lineOf(order, lineId),
  priceSet: ({ quantity, subtotalCents, order }) => moneyBag(Math.round(subtotalCents / quantity), order.currency),
  restockType: () => "NO_RESTOCK",
  restocked: () => false,
  subtotalSet: ({ subtotalCents, order }) => moneyBag(subtotalCents, order.currency),
  totalTaxSet: ({ order }) => moneyBag(0, order.currency),
};

export const fulfillmentFields: Fields<Part<Fulfillment>> = {
  deliveredAt: (fulfillment) => fulfillment.createdAt,
  displayStatus: () => "FULFILLED",
  fulfillmentLineItems: ({ lines, order }, args) =>
    connectionOf(
      lines.map((line) => ({ ...line, order })),
      args,
    ),
  fulfillmentOrders: ({ order }, args) => connectionOf([{ id: order.fulfillmentOrderId, order }], args),
  legacyResourceId: (fulfillment) => digitsOf(fulfillment.id),
  requiresShipping: ({ lines, order }) => lines.some(({ lineId }) => lineOf(order, lineId)?.requiresShipping),
  status: () => "SUCCESS",
  totalQuantity: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  trackingInfo: () => [],
  updatedAt: (fulfillment) => fulfillment.createdAt,
};

export const fulfillmentLineFields: Fields<Part<Fulfillment["lines"][number]>> = {
  discountedTotalSet: ({ lineId, quantity, order }) =>
    moneyBag((lineOf(order, lineId)?.priceCents ?? 0) * quantity, order.currency),
  lineItem: ({ lineId, order }) => lineOf(order, lineId),
  originalTotalSet: ({ lineId, quantity, order }) =>
    moneyBag((lineOf(order, lineId)?.priceCents ?? 0) * quantity, order.currency),
};

/** All lines of an order in one: the store fulfills from a single place. */
export type FulfillmentOrder = { id: string; order: Order };

export const fulfillmentOrderFields: Fields<FulfillmentOrder> = {
  assignedLocation: (_source, _args, { shop }) => ({
    name: shop.name,
    address1: shop.address.address1,
    city: shop.address.city,
    province: shop.address.province,
    zip: shop.address.zip,
    countryCode: shop.address.countryCode,
    phone: shop.phone,
  }),
  createdAt: ({ order }) => order.createdAt,
  fulfillments: ({ order }, args) =>
    connectionOf(
      order.fulfillments.map((fulfillment) => ({ ...fulfillment, order })),
      args,
    ),
  fulfillmentHolds: () => [],
  lineItems: ({ order }, args) =>
    connectionOf(
      order.lines.map((line) => ({ id: fulfillmentOrderLineId(line), line: { ...line, order }, order })),
      args,
    ),
  orderId: ({ order }) => order.id,
  orderName: ({ order }) => order.name,
  orderProcessedAt: ({ order }) => order.processedAt,
  requestStatus: () => "UNSUBMITTED",
  status: ({ order }) =>
    order.cancelledAt ? "CANCELLED" : fulfillmentStatus(order) === "fulfilled" ? "CLOSED" : "OPEN",
  supportedActions: () => [{ action: "CREATE_FULFILLMENT", externalUrl: null }],
  updatedAt: ({ order }) => order.updatedAt,
};

export const fulfillmentOrderLineFields: Fields<{ id: string; line: Part<OrderLine> }> = {
  financialSummaries: () => [],
  lineItem: ({ line }) => line,
  originalUnitPriceSet: ({ line }) => moneyBag(line.priceCents, line.order.currency),
  productTitle: ({ line }) => line.title,
  remainingQuantity: ({ line }) => fulfillableQuantity(line),
  requiresShipping: ({ line }) => line.requiresShipping,
  sku: ({ line }) => line.sku,
  totalQuantity: ({ line }) => line.currentQuantity,
  variant: ({ line }, _args, { store, shop }) => store.findVariant(line.variantId, shop.domain)?.variant ?? null,
  variantTitle: ({ line }) => line.variantTitle,
  vendor: ({ line }) => line.vendor,
  warnings: () => [],
};

export function fulfillmentOrderLineId(line: OrderLine): string {
  return gid("FulfillmentOrderLineItem", digitsOf(line.id) ?? "");
}

function lineOf(order: Order, lineId: string): Part<OrderLine> | null {
  const line = order.lines.find((candidate) => candidate.id === lineId);
  return line ? { ...line, order } : null;
}
