const DAY_MS = 86_400_000;

/** When access ends that was paid for at a moment; null: never. */
export function endsAfter(paidAt: Date, accessDays: number | null): Date | null {
  return accessDays === null ? null : new Date(paidAt.getTime() + accessDays * DAY_MS);
}

/** Until when later versions count; null: the update policy does not say. */
export function updatesEndAfter(paidAt: Date, updateMonths: number | null): Date | null {
  if (updateMonths === null) return null;
  const end = new Date(paidAt);
  end.setUTCMonth(end.getUTCMonth() + updateMonths);
  return end;
}
