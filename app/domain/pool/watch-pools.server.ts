import type { Pool } from "@prisma/client";
import { db } from "~/db.server";
import { followStock } from "./follow-stock.server";
import { isLow } from "./stock";

const INVENTORY_REPAIR_MS = 3_600_000;
const INVENTORY_RETRY_MS = 300_000;

type WatchedPool = Pick<
  Pool,
  | "id"
  | "shopId"
  | "lowAt"
  | "lowUnit"
  | "generatesOnDemand"
  | "lowSince"
  | "setsInventory"
  | "inventorySet"
  | "inventorySetAt"
  | "inventoryProblem"
> & {
  available: number;
  total: number;
};

/**
 * Marks the pools, of every shop, that crossed the mark at which they run low, and takes the mark from those that
 * were filled again. Who has to be told is told once per crossing: see `claimDigests`. Where Shopify's stock is to
 * follow the keys left and does not, or was not looked at for an hour, it is set.
 *
 * Counts from an index alone, so that nothing has to be counted where keys are given.
 */
export async function watchPools(now: Date): Promise<{ crossed: number; filled: number }> {
  const pools = await db.$queryRaw<WatchedPool[]>`
    SELECT p."id", p."shopId", p."lowAt", p."lowUnit"::text AS "lowUnit", p."generatesOnDemand", p."lowSince",
           p."setsInventory", p."inventorySet", p."inventorySetAt", p."inventoryProblem", k."available", k."total"
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
  const behind = pools.filter((pool) => isBehind(pool, now));
  for (const [shopId, ofShop] of Map.groupBy(behind, (pool) => pool.shopId)) {
    await followStock(db, shopId, idsOf(ofShop));
  }
  return { crossed: marked.count, filled: cleared.count };
}

/** What a person has to settle first is tried again every five minutes. */
function isBehind(pool: WatchedPool, now: Date): boolean {
  const { setsInventory, generatesOnDemand, inventorySet, inventorySetAt, inventoryProblem, available } = pool;
  if (!setsInventory || generatesOnDemand) return false;
  const pauseMs = inventoryProblem === null ? INVENTORY_REPAIR_MS : INVENTORY_RETRY_MS;
  const isOld = inventorySetAt === null || inventorySetAt.getTime() <= now.getTime() - pauseMs;
  return isOld || (inventoryProblem === null && inventorySet !== available);
}
