const DAY_MS = 86_400_000;

/** Frees of the last so many days count. */
const FREES_DAYS = 30;

/** How often a customer may free a place of one license yet. */
export type FreesLeft = {
  left: number;
  /** When the next is possible, where none is left now; null: now, or never. */
  nextAt: Date | null;
};

/** Since when frees count. */
export function freesSince(now: Date): Date {
  return new Date(now.getTime() - FREES_DAYS * DAY_MS);
}

/**
 * @param frees  when places of the license were freed, in any order
 * @param perMonth  how many a customer may free within 30 days; 0: none
 */
export function freesLeft(frees: Date[], perMonth: number, now: Date): FreesLeft {
  const since = freesSince(now).getTime();
  const counting = frees.map((at) => at.getTime()).filter((at) => at > since);
  const left = Math.max(0, perMonth - counting.length);
  if (left > 0 || perMonth === 0) return { left, nextAt: null };

  // With the limit lowered meanwhile, more than one has to lapse.
  const lapsing = counting.sort((a, b) => b - a)[perMonth - 1];
  return { left, nextAt: lapsing === undefined ? null : new Date(lapsing + FREES_DAYS * DAY_MS) };
}
