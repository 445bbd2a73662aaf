/** Where an order stands: what tells facts of one and the same second apart. */
export type OrderStanding = {
  financialStatus: string;
  cancelledAt: Date | null;
  /** Units left, by line gid. */
  quantities: Map<string, number>;
};

const PROGRESS = ["pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded"];

/**
 * Whether one standing can only have come after the other: payments, refunds and cancellations move one way.
 *
 * @returns false when it may have been the other way around, as after an edit that adds.
 */
export function onlyFollows(after: OrderStanding, before: OrderStanding): boolean {
  const [from, to] = [PROGRESS.indexOf(before.financialStatus), PROGRESS.indexOf(after.financialStatus)];
  if (from === -1 || to === -1 || to < from) return false;
  if (before.cancelledAt && !after.cancelledAt) return false;

  const lines = new Set([...before.quantities.keys(), ...after.quantities.keys()]);
  return [...lines].every((line) => (after.quantities.get(line) ?? 0) <= (before.quantities.get(line) ?? 0));
}
