const DAY_MS = 86_400_000;

/** The earlier of so many days after the payment and a fixed moment (ISO 8601); null: never. */
export function endOf(paidAt: Date, days: number | null, until: string | null): Date | null {
  const ends = [days === null ? [] : paidAt.getTime() + days * DAY_MS, until === null ? [] : Date.parse(until)].flat();
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** Until when later versions count; null: the update policy does not say. */
export function updatesEndAfter(paidAt: Date, updateMonths: number | null): Date | null {
  if (updateMonths === null) return null;
  const end = new Date(paidAt);
  end.setUTCMonth(end.getUTCMonth() + updateMonths);
  return end;
}
