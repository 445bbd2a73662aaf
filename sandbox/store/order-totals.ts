import type { FinancialStatus, Order } from "./model.ts";

/** An order in cents, as it is now. */
export type OrderTotals = {
  /** when it was placed */
  originalCents: number;
  /** of every line ever on it */
  totalCents: number;
  /** of what is left after edits and refunds */
  currentCents: number;
  receivedCents: number;
  refundedCents: number;
  /** paid and not given back */
  netCents: number;
  /** still to be paid; 0 when too much was paid */
  outstandingCents: number;
};

export function orderTotals(order: Order): OrderTotals {
  const added = new Map(order.edits.flatMap((edit) => edit.additions.map(({ lineId, delta }) => [lineId, delta])));
  const sumLines = (units: (line: Order["lines"][number]) => number) =>
    order.lines.reduce((sum, line) => sum + line.priceCents * units(line), 0);
  const sumPaid = (...kinds: Order["transactions"][number]["kind"][]) =>
    order.transactions
      .filter((transaction) => transaction.status === "success" && kinds.includes(transaction.kind))
      .reduce((sum, transaction) => sum + transaction.amountCents, 0);

  const adjustments = order.refunds.reduce((sum, refund) => sum + refund.adjustmentCents, 0);
  const receivedCents = sumPaid("sale", "capture");
  const refundedCents = sumPaid("refund");
  const currentCents = Math.max(0, sumLines((line) => line.currentQuantity) - adjustments);
  const closed = order.cancelledAt !== null || order.financialStatus === "voided";
  return {
    originalCents: sumLines((line) => line.quantity - (added.get(line.id) ?? 0)),
    totalCents: sumLines((line) => line.quantity),
    currentCents,
    receivedCents,
    refundedCents,
    netCents: receivedCents - refundedCents,
    outstandingCents: closed ? 0 : Math.max(0, currentCents - (receivedCents - refundedCents)),
  };
}

/** What the money says, for an order that is neither voided nor expired. */
export function statusByMoney(order: Order): FinancialStatus {
  const { receivedCents, refundedCents, outstandingCents, currentCents } = orderTotals(order);
  if (receivedCents === 0) {
    const isLeft = order.lines.some((line) => line.currentQuantity > 0);
    const wasFree = order.financialStatus === "paid" || order.financialStatus === "refunded";
    if (wasFree && currentCents === 0) return isLeft ? "paid" : "refunded";
    return order.financialStatus === "paid" ? "pending" : order.financialStatus;
  }
  if (refundedCents >= receivedCents) return "refunded";
  if (outstandingCents > 0) return "partially_paid";
  return refundedCents > 0 ? "partially_refunded" : "paid";
}
