import type { Pool } from "@prisma/client";
import { db } from "~/db.server";
import { isLow } from "./stock";

type WatchedPool = Pick<Pool, "id" | "lowAt" | "lowUnit" | "generatesOnDemand" | "lowSince"> & {
  available: number;
  total: number;
};

/**
 * Marks the pools, of every shop, that crossed the mark at which they run low, and takes the mark from those that
 * were filled again. Who has to be told is told once per crossing: see `claimDigests`.
 *
 * Counts from an index alone, so that nothing has to be counted where keys are given.
 */
export async function watchPools(now: Date): Promise<{ crossed: number; filled: number }> {
  const pools = await db.$queryRaw<WatchedPool[]>`
    SELECT p."id", p."lowAt", p."lowUnit"::text AS "lowUnit", p."generatesOnDemand", p."lowSince", k."available", k."total"
    FROM "Pool" p JOIN "Shop" s ON s."id" = p."shopId", LATERAL (
      SELECT count(*) FILTER (WHERE "state" = 'available')::int AS "available",
             count(*) FILTER (WHERE "state" <> 'disabled')::int AS "total"
      FROM "PoolKey" WHERE "poolId" = p."id"
    ) k
    WHERE p."archivedAt" IS NULL AND s."uninstalledAt" IS NULL`;
  const idsOf = (chosen: WatchedPool[]) => chosen.map(({ id }) => id);
  const crossed = idsOf(pools.filter((pool) => !pool.lowSince && isLow(pool)));
  const filled = idsOf(pools.filter((pool) => pool.lowSince && !isLow(pool)));

  // Conditional, so that of two workers one marks; the rest of the pool's row is not touched.
  const marked = await db.pool.updateMany({ where: { id: { in: crossed }, lowSince: null }, data: { lowSince: now } });
  const cleared = await db.pool.updateMany({
    where: { id: { in: filled }, lowSince: { not: null } },
    data: { lowSince: null },
  });
  return { crossed: marked.count, filled: cleared.count };
}
