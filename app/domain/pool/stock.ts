/** Of how many days the sales tell how long the keys will last, and a chart is drawn. */
export const SALES_DAYS = 14;

const DAY_MS = 86_400_000;

export type LowUnit = "percent" | "keys";

/** What of a pool decides whether it runs low. */
export type Stock = {
  /** Keys left to give. */
  available: number;
  /** All keys it was ever given and that are for sale or sold. */
  total: number;
  /** It runs low at so many keys, or at so many percent of all it was given. */
  lowAt: number;
  lowUnit: LowUnit;
  /** It makes its own keys. */
  generatesOnDemand: boolean;
};

/** The number of keys at which a pool runs low. */
export function lowMark({ total, lowAt, lowUnit }: Pick<Stock, "total" | "lowAt" | "lowUnit">): number {
  return lowUnit === "keys" ? lowAt : Math.ceil((total * lowAt) / 100);
}

/** A pool that was never filled does not run low, nor does one that makes its own keys. */
export function isLow(stock: Stock): boolean {
  return stock.total > 0 && !stock.generatesOnDemand && stock.available <= lowMark(stock);
}

/**
 * In how many days a pool will be empty, if it goes on selling as it did.
 *
 * @param sold       keys sold on each of the last `SALES_DAYS` days, the oldest first
 * @param createdAt  of the pool: one that is younger than those days is judged by its own, at least one
 * @returns rounded down; null when it sells nothing.
 */
export function daysToEmpty(available: number, sold: number[], createdAt: Date, now: Date): number | null {
  const inAll = sold.reduce((sum, count) => sum + count, 0);
  if (inAll === 0) return null;
  const days = Math.min(SALES_DAYS, Math.max(1, Math.ceil((now.getTime() - createdAt.getTime()) / DAY_MS)));
  return Math.floor((available * days) / inAll);
}
