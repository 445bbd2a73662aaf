import { db } from "~/db.server";
import { listPools } from "./list-pools.server";

export type LowPool = {
  id: string;
  name: string;
  available: number;
  /** null: at the pace of the last 14 days, never. */
  daysLeft: number | null;
};

/**
 * A shop's pools that were seen to run low and still do, the first to be empty first.
 *
 * @param since  only those that crossed their mark after it
 */
export async function listLowPools(shopId: string, now: Date, since: Date | null = null): Promise<LowPool[]> {
  const crossed = await db.pool.findMany({
    where: { shopId, archivedAt: null, lowSince: since ? { gt: since } : { not: null } },
    select: { id: true },
  });
  if (crossed.length === 0) return [];

  const pools = await listPools(shopId, { now, ids: crossed.map(({ id }) => id) });
  return pools
    .filter((pool) => pool.isLow)
    .map(({ id, name, available, daysLeft }) => ({ id, name, available, daysLeft }))
    .sort((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || a.available - b.available);
}
