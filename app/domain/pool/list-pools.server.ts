import type { Pool } from "@prisma/client";
import { db } from "~/db.server";

/** Keys by state, and the grants that wait for one. */
export type PoolCounts = { available: number; granted: number; revoked: number; waiting: number };
export type ListedPool = Pick<Pool, "id" | "name" | "activationLimit" | "createdAt" | "archivedAt"> & PoolCounts;

/** A shop's pools by name, archived ones only when asked for. */
export async function listPools(
  shopId: string,
  { includeArchived = false }: { includeArchived?: boolean } = {},
): Promise<ListedPool[]> {
  const pools = await db.pool.findMany({
    where: { shopId, ...(includeArchived ? {} : { archivedAt: null }) },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, activationLimit: true, createdAt: true, archivedAt: true },
  });
  const counts = await countKeys(pools.map(({ id }) => id));

  return pools.map((pool) => ({ ...pool, ...(counts.get(pool.id) ?? none()) }));
}

/** @param poolIds  of one shop; a pool without keys and without waiting grants is not in the answer */
export async function countKeys(poolIds: string[]): Promise<Map<string, PoolCounts>> {
  const [keys, waiting] = await Promise.all([
    db.poolKey.groupBy({ by: ["poolId", "state"], where: { poolId: { in: poolIds } }, _count: true }),
    db.grant.groupBy({ by: ["poolId"], where: { poolId: { in: poolIds }, state: "waiting" }, _count: true }),
  ]);

  const counts = new Map<string, PoolCounts>();
  const countsOf = (poolId: string) => {
    const known = counts.get(poolId) ?? none();
    counts.set(poolId, known);
    return known;
  };
  for (const { poolId, state, _count } of keys) countsOf(poolId)[state] = _count;
  for (const { poolId, _count } of waiting) if (poolId) countsOf(poolId).waiting = _count;
  return counts;
}

function none(): PoolCounts {
  return { available: 0, granted: 0, revoked: 0, waiting: 0 };
}
