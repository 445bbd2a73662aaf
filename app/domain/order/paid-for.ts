/** What Shopify wrote down when the order was placed, edited or refunded. */
export type Agreement = { at: Date; sales: Sale[] };

export type Sale = {
  /** gid of the line; null for shipping, tips and the like. */
  lineId: string | null;
  kind: "order" | "return" | "update";
  /** Units ordered or returned. */
  units: number;
  /** In thousandths of the shop's currency; what is returned is below zero. */
  amount: number;
};

/** Money that came in, or, below zero, went back; in thousandths of the shop's currency. */
export type Payment = { at: Date; amount: number };

export type LineUnits = { shopifyId: string; units: number };

/** What was paid for, and when that was paid first; `lines` is empty when nothing was ever paid in full. */
export type PaidFor = { lines: LineUnits[]; paidAt: Date | null };

/** A refund may be booked a moment after what it is for: it counts as made before, though after what it gives back. */
const REFUND_EARLIER_MS = 60_000;

/**
 * What was paid for of an order to which an edit added more than is paid by now: what stood on it when all of it was
 * last paid.
 *
 * How it stands now is left out, since Shopify says that this is not paid.
 */
export function paidFor(agreements: Agreement[], payments: Payment[]): PaidFor {
  const inOrder = agreements.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const booked = inBooks(payments);
  const units = new Map<string, number>();
  let owed = 0;
  let found: PaidFor = { lines: [], paidAt: null };

  for (const [index, { at, sales }] of inOrder.slice(0, -1).entries()) {
    for (const sale of sales) {
      owed += sale.amount;
      if (sale.lineId === null || sale.kind === "update") continue;
      const change = sale.kind === "return" ? -sale.units : sale.units;
      units.set(sale.lineId, (units.get(sale.lineId) ?? 0) + change);
    }
    const until = inOrder[index + 1]?.at.getTime() ?? Infinity;
    const moment = paidWithin({ from: at.getTime(), until }, booked, owed);
    if (moment === null) continue;
    const lines = [...units].map(([shopifyId, count]) => ({ shopifyId, units: Math.max(0, count) }));
    found = { lines, paidAt: found.paidAt ?? new Date(moment) };
  }
  return found;
}

type Booking = { at: number; amount: number };

function inBooks(payments: Payment[]): Booking[] {
  const booked: Booking[] = [];
  for (const { at, amount } of payments.toSorted((a, b) => a.at.getTime() - b.at.getTime() || b.amount - a.amount)) {
    const earliest = Math.max(at.getTime() - REFUND_EARLIER_MS, booked.at(-1)?.at ?? -Infinity);
    booked.push({ at: amount < 0 ? earliest : at.getTime(), amount });
  }
  return booked;
}

/** The first moment within the stretch at which so much had come in; null: there is none. */
function paidWithin({ from, until }: { from: number; until: number }, booked: Booking[], owed: number): number | null {
  let net = booked.filter(({ at }) => at < from).reduce((sum, { amount }) => sum + amount, 0);
  if (net >= owed) return from;
  for (const { at, amount } of booked) {
    if (at < from || at >= until) continue;
    net += amount;
    if (net >= owed) return at;
  }
  return null;
}
