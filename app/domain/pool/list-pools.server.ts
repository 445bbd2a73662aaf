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
  const counts = await countOf(pools.map(({ id }) => id));

  return pools.map((pool) => ({ ...pool, ...(counts.get(pool.id) ?? none()) }));
}

/** What is in one pool. */
export async function countKeys(poolId: string): Promise<PoolCounts> {
  return (await countOf([poolId])).get(poolId) ?? none();
}

async function countOf(poolIds: string[]): Promise<Map<string, PoolCounts>> {
  const [keys, waiting] = await Promise.all([
    db.poolKey.groupBy({ by: ["poolId", "state"], where: { poolId: { in: poolIds } }, _count: true }),
    db.grant.groupBy({ by: ["poolId"], where: { poolId: { in: poolIds }, state: "waiting" }, _count: true }),
  ]);

  const counts = new Map(poolIds.map((poolId) => [poolId, none()]));
  for (const { poolId, state, _count } of keys) Object.assign(counts.get(poolId) ?? {}, { [state]: _count });
  for (const { poolId, _count } of waiting) Object.assign(counts.get(poolId ?? "") ?? {}, { waiting: _count });
  return counts;
}

function none(): PoolCounts {
  return { available: 0, granted: 0, revoked: 0, waiting: 0 };
}
