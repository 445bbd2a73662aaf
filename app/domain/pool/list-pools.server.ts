import type { Pool } from "@prisma/client";
import { db } from "~/db.server";
import { countSales } from "./count-sales.server";
import { daysToEmpty, isLow, lowMark } from "./stock";

/** Keys by state, and the grants that wait for one. */
export type PoolCounts = { available: number; granted: number; revoked: number; disabled: number; waiting: number };

/** How long the keys will last. */
export type PoolOutlook = {
  /** Keys sold on each of the last 14 days, the oldest first. */
  sold: number[];
  /** null: it sells nothing, or makes its own keys. */
  daysLeft: number | null;
  isLow: boolean;
  /** At how many keys it runs low. */
  lowMark: number;
};

export type ListedPool = Pick<Pool, "id" | "name" | "activationLimit" | "createdAt" | "archivedAt"> &
  PoolCounts &
  PoolOutlook & { generatesOnDemand: boolean };

export type ListPoolsOptions = {
  includeArchived?: boolean;
  /** Only these; absent: all. */
  ids?: string[];
  now?: Date;
};

/** A shop's pools by name, archived ones only when asked for. */
export async function listPools(
  shopId: string,
  { includeArchived = false, ids: only, now = new Date() }: ListPoolsOptions = {},
): Promise<ListedPool[]> {
  const pools = await db.pool.findMany({
    where: { shopId, ...(includeArchived ? {} : { archivedAt: null }), ...(only && { id: { in: only } }) },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const ids = pools.map(({ id }) => id);
  const [counts, sales] = await Promise.all([countOf(ids), countSales(ids, now)]);

  return pools.map((pool) => {
    const { id, name, activationLimit, createdAt, archivedAt, generatesOnDemand } = pool;
    const counted = counts.get(id) ?? none();
    const outlook = outlookOf(pool, counted, sales.get(id) ?? [], now);
    return { id, name, activationLimit, createdAt, archivedAt, generatesOnDemand, ...counted, ...outlook };
  });
}

type Rule = Pick<Pool, "lowAt" | "lowUnit" | "generatesOnDemand" | "createdAt">;

/** @param sold  see `countSales` */
export function outlookOf(pool: Rule, counts: PoolCounts, sold: number[], now: Date): PoolOutlook {
  const { available, granted, revoked } = counts;
  const stock = { ...pool, available, total: available + granted + revoked };
  const daysLeft = pool.generatesOnDemand ? null : daysToEmpty(available, sold, pool.createdAt, now);
  return { sold, daysLeft, isLow: isLow(stock), lowMark: lowMark(stock) };
}

/** What is in one pool. */
export async function countKeys(poolId: string): Promise<PoolCounts> {
  return (await countOf([poolId])).get(poolId) ?? none();
}

/**
 * From indexes alone: a pool that sells a key writes nothing but the key's row, so that orders never queue for a
 * counter.
 */
async function countOf(poolIds: string[]): Promise<Map<string, PoolCounts>> {
  const rows = await db.$queryRaw<({ id: string } & PoolCounts)[]>`
    SELECT p."id", k.*, (
      SELECT count(*)::int FROM "Grant" WHERE "poolId" = p."id" AND "state" = 'waiting'
    ) AS "waiting"
    FROM unnest(${poolIds}::uuid[]) AS p ("id"), LATERAL (
      SELECT count(*) FILTER (WHERE "state" = 'available')::int AS "available",
             count(*) FILTER (WHERE "state" = 'granted')::int AS "granted",
             count(*) FILTER (WHERE "state" = 'revoked')::int AS "revoked",
             count(*) FILTER (WHERE "state" = 'disabled')::int AS "disabled"
      FROM "PoolKey" WHERE "poolId" = p."id"
    ) k`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

function none(): PoolCounts {
  return { available: 0, granted: 0, revoked: 0, disabled: 0, waiting: 0 };
}
