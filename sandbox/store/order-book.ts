import { randomBytes } from "node:crypto";
import { digitsOf, gid, numberOf } from "./identifiers.ts";
import { centsFrom } from "./money.ts";
import { nowToTheSecond } from "./moments.ts";
import type {
  FinancialStatus,
  Fulfillment,
  Order,
  OrderEdit,
  OrderLine,
  Refund,
  RiskLevel,
  Transaction,
} from "./model.ts";
import { orderTotals, statusByMoney } from "./order-totals.ts";
import { refuse } from "./refusal.ts";

/** Gives out ids: digits never given before. */
export type NextNumber = () => number;

/** A line of an order by its own id or by its variant's; gid or digits. */
export type LineQuantity = { lineId?: string | number; variantId?: string | number; quantity: number };

export type OrderBasis = Pick<
  Order,
  | "shop"
  | "number"
  | "email"
  | "phone"
  | "customerId"
  | "locale"
  | "sourceName"
  | "currency"
  | "lines"
  | "financialStatus"
> & { shopId: string };

/** A line as it is when bought or added. */
export function newLine(
  basis: Pick<
    OrderLine,
    | "productId"
    | "variantId"
    | "title"
    | "variantTitle"
    | "sku"
    | "vendor"
    | "priceCents"
    | "quantity"
    | "requiresShipping"
    | "sellingPlan"
  >,
  next: NextNumber,
): OrderLine {
  return { ...basis, id: gid("LineItem", next()), currentQuantity: basis.quantity, fulfilledQuantity: 0 };
}

/** An order as it is when the checkout went through, with the payments that `financialStatus` tells of. */
export function newOrder(basis: OrderBasis, next: NextNumber): Order {
  const now = nowToTheSecond();
  const { shopId, ...known } = basis;
  const token = randomBytes(16).toString("hex");
  const order: Order = {
    ...known,
    id: gid("Order", next()),
    name: `#${basis.number}`,
    checkoutToken: randomBytes(16).toString("hex"),
    cartToken: randomBytes(16).toString("hex"),
    token,
    statusPageUrl: `https://${basis.shop}/${numberOf(shopId)}/orders/${token}/authenticate?key=${randomBytes(16).toString("hex")}`,
    confirmationNumber: randomBytes(5).toString("hex").slice(0, 9).toUpperCase(),
    clientIp: "203.0.113.7",
    note: null,
    tags: [],
    attributes: [],
    transactions: [],
    refunds: [],
    fulfillments: [],
    edits: [],
    riskLevel: "none",
    fulfillmentOrderId: gid("FulfillmentOrder", next()),
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    processedAt: now,
    createdAt: now,
    updatedAt: now,
  };
  recordFirstPayment(order, next);
  return order;
}

/** @returns whether it is now paid in full. @throws StoreRefusal when nothing is outstanding */
export function pay(order: Order, amount: string | number | undefined, next: NextNumber): boolean {
  refuseCancelled(order);
  if (order.financialStatus === "voided" || order.financialStatus === "expired") {
    refuse(409, "not_payable", `${order.name} is ${order.financialStatus} and can no longer be paid.`);
  }
  const { outstandingCents } = orderTotals(order);
  const isFreeAndUnpaid = outstandingCents === 0 && order.financialStatus === "pending";
  if (outstandingCents === 0 && !isFreeAndUnpaid) refuse(409, "already_paid", `${order.name} has nothing left to pay.`);

  const cents = amount === undefined ? outstandingCents : positiveCents(amount, isFreeAndUnpaid);
  if (cents > outstandingCents) refuse(422, "amount_too_large", `${order.name} has less than that left to pay.`);

  const first = order.transactions[0];
  const kind = first?.kind === "authorization" ? "capture" : "sale";
  if (cents > 0)
    addTransaction(order, { kind, status: "success", amountCents: cents, parentId: first?.id ?? null }, next);
  order.financialStatus = isFreeAndUnpaid ? "paid" : statusByMoney(order);
  touch(order);
  return orderTotals(order).outstandingCents === 0;
}

/** @returns the refund of what was paid; null when nothing was, and the payment is voided */
export function cancel(order: Order, next: NextNumber): Refund | null {
  refuseCancelled(order);
  const { netCents } = orderTotals(order);
  const isPaid = netCents > 0 || order.financialStatus === "paid";
  const given = isPaid ? refund(order, {}, next) : null;
  if (!isPaid && order.financialStatus !== "refunded") {
    order.financialStatus = "voided";
    const parentId = order.transactions[0]?.id ?? null;
    if (parentId) addTransaction(order, { kind: "void", status: "success", amountCents: 0, parentId }, next);
  }
  touch(order);
  order.cancelledAt = order.updatedAt;
  order.cancelReason = "customer";
  return given;
}

/** Lines without an amount give back their price; an amount without lines removes nothing; neither: everything. */
export function refund(
  order: Order,
  what: { lines?: LineQuantity[]; amount?: string | number },
  next: NextNumber,
): Refund {
  refuseCancelled(order);
  const { netCents } = orderTotals(order);
  const everything = !what.lines && what.amount === undefined;
  const removed = everything
    ? order.lines.filter((line) => line.currentQuantity > 0).map((line) => ({ line, quantity: line.currentQuantity }))
    : pickLines(order, what.lines ?? []);
  const subtotal = removed.reduce((sum, { line, quantity }) => sum + line.priceCents * quantity, 0);
  const cents =
    what.amount === undefined
      ? everything
        ? netCents
        : Math.min(subtotal, netCents)
      : positiveCents(what.amount, removed.length > 0);
  if (removed.length === 0 && cents === 0)
    refuse(409, "nothing_to_refund", `${order.name} has nothing left to give back.`);
  if (cents > netCents) refuse(422, "amount_too_large", `${order.name} has less than that left to give back.`);

  for (const { line, quantity } of removed) line.currentQuantity -= quantity;
  const now = nowToTheSecond();
  const given: Refund = {
    id: gid("Refund", next()),
    note: null,
    createdAt: now,
    lines: removed.map(({ line, quantity }) => ({
      id: gid("RefundLineItem", next()),
      lineId: line.id,
      quantity,
      subtotalCents: line.priceCents * quantity,
    })),
    adjustmentCents: Math.max(0, cents - subtotal),
    transactionIds: [],
  };
  if (cents > 0) {
    const paid = order.transactions.findLast(
      (transaction) => transaction.kind === "sale" || transaction.kind === "capture",
    );
    const parentId = paid?.id ?? null;
    given.transactionIds.push(
      addTransaction(order, { kind: "refund", status: "success", amountCents: cents, parentId }, next).id,
    );
  }
  order.refunds.push(given);
  order.financialStatus = statusByMoney(order);
  touch(order);
  return given;
}

/** @param added  lines made by `newLine` */
export function edit(order: Order, added: OrderLine[], remove: LineQuantity[], next: NextNumber): OrderEdit {
  refuseCancelled(order);
  const removed = pickLines(order, remove);
  for (const { line, quantity } of removed) line.currentQuantity -= quantity;
  order.lines.push(...added);
  touch(order);
  const change: OrderEdit = {
    id: gid("OrderEdit", next()),
    at: order.updatedAt,
    additions: added.map((line) => ({ lineId: line.id, delta: line.quantity })),
    removals: removed.map(({ line, quantity }) => ({ lineId: line.id, delta: quantity })),
  };
  order.edits.push(change);
  if (order.financialStatus !== "voided" && order.financialStatus !== "expired")
    order.financialStatus = statusByMoney(order);
  return change;
}

export function assessRisk(order: Order, level: RiskLevel) {
  order.riskLevel = level;
  touch(order);
}

/** Marks lines as handed over; without `lines` all that is left. */
export function fulfill(order: Order, lines: LineQuantity[] | undefined, next: NextNumber): Fulfillment {
  refuseCancelled(order);
  const chosen = lines
    ? pickLines(order, lines, fulfillableQuantity)
    : order.lines.map((line) => ({ line, quantity: fulfillableQuantity(line) })).filter(({ quantity }) => quantity > 0);
  if (chosen.length === 0) refuse(409, "nothing_to_fulfill", `${order.name} has nothing left to fulfill.`);

  for (const { line, quantity } of chosen) line.fulfilledQuantity += quantity;
  touch(order);
  const fulfillment: Fulfillment = {
    id: gid("Fulfillment", next()),
    name: `${order.name}.${order.fulfillments.length + 1}`,
    createdAt: order.updatedAt,
    lines: chosen.map(({ line, quantity }) => ({ id: gid("FulfillmentLineItem", next()), lineId: line.id, quantity })),
  };
  order.fulfillments.push(fulfillment);
  return fulfillment;
}

export function fulfillableQuantity(line: OrderLine): number {
  return Math.max(0, line.currentQuantity - line.fulfilledQuantity);
}

/** null: nothing yet */
export function fulfillmentStatus(order: Order): "fulfilled" | "partial" | null {
  if (order.lines.every((line) => line.fulfilledQuantity === 0)) return null;
  return order.lines.every((line) => fulfillableQuantity(line) === 0) ? "fulfilled" : "partial";
}

function recordFirstPayment(order: Order, next: NextNumber) {
  const total = orderTotals(order).totalCents;
  const wanted = order.financialStatus;
  const parentId = null;
  if (total === 0) return;

  if (wanted === "pending")
    addTransaction(order, { kind: "sale", status: "pending", amountCents: total, parentId }, next);
  if (wanted === "authorized" || wanted === "expired" || wanted === "voided") {
    const first = addTransaction(
      order,
      { kind: "authorization", status: "success", amountCents: total, parentId },
      next,
    );
    if (wanted === "voided")
      addTransaction(order, { kind: "void", status: "success", amountCents: 0, parentId: first.id }, next);
  }
  if (wanted === "partially_paid") {
    addTransaction(order, { kind: "sale", status: "success", amountCents: Math.ceil(total / 2), parentId }, next);
  }
  if (paidFirst.has(wanted))
    addTransaction(order, { kind: "sale", status: "success", amountCents: total, parentId }, next);
  if (wanted === "partially_refunded") refund(order, { amount: Math.ceil(total / 2) / 100 }, next);
  if (wanted === "refunded") refund(order, {}, next);
  order.financialStatus = wanted;
}

const paidFirst: ReadonlySet<FinancialStatus> = new Set(["paid", "partially_refunded", "refunded"]);

function addTransaction(
  order: Order,
  basis: Pick<Transaction, "kind" | "status" | "amountCents" | "parentId">,
  next: NextNumber,
): Transaction {
  const gateway = basis.status === "pending" ? "manual" : "shopify_payments";
  const transaction: Transaction = {
    ...basis,
    id: gid("OrderTransaction", next()),
    gateway,
    createdAt: nowToTheSecond(),
  };
  order.transactions.push(transaction);
  return transaction;
}

function pickLines(order: Order, wanted: LineQuantity[], available = (line: OrderLine) => line.currentQuantity) {
  const left = new Map(order.lines.map((line) => [line.id, available(line)]));
  return wanted.flatMap(({ lineId, variantId, quantity }) => {
    const lines = order.lines.filter((line) =>
      lineId !== undefined
        ? digitsOf(line.id) === digitsOf(lineId)
        : digitsOf(line.variantId) === digitsOf(variantId ?? ""),
    );
    if (lines.length === 0)
      refuse(422, "unknown_line", `${order.name} has no line ${lineId ?? `of variant ${variantId}`}.`);

    let missing = quantity;
    const picked = lines.flatMap((line) => {
      const take = Math.min(missing, left.get(line.id) ?? 0);
      missing -= take;
      left.set(line.id, (left.get(line.id) ?? 0) - take);
      return take > 0 ? [{ line, quantity: take }] : [];
    });
    if (missing > 0) refuse(422, "quantity_too_large", `${order.name} has fewer than ${quantity} of that line left.`);
    return picked;
  });
}

function positiveCents(amount: string | number, mayBeZero: boolean): number {
  const cents = centsFrom(amount);
  if (cents === null || (cents === 0 && !mayBeZero)) {
    return refuse(422, "bad_amount", `"${amount}" is not an amount of money above zero, such as "9.99".`);
  }
  return cents;
}

function refuseCancelled(order: Order) {
  if (order.cancelledAt) refuse(409, "cancelled", `${order.name} is cancelled.`);
}

function touch(order: Order) {
  order.updatedAt = nowToTheSecond();
}
