import { db } from "~/db.server";
import { SALES_DAYS } from "./stock";

const DAY_MS = 86_400_000;

/**
 * How many keys each pool sold on each of the last days, which end `now`; a key that is still to come counts too.
 *
 * @returns by pool id, the oldest day first.
 */
export async function countSales(poolIds: string[], now: Date): Promise<Map<string, number[]>> {
  const since = new Date(now.getTime() - SALES_DAYS * DAY_MS);
  const rows = await db.$queryRaw<{ poolId: string; day: number; sold: number }[]>`
    SELECT p."poolId", s."day", s."sold" FROM unnest(${poolIds}::uuid[]) AS p ("poolId"), LATERAL (
      SELECT floor(extract(epoch FROM "createdAt" - ${since}::timestamptz) / 86400)::int AS "day", count(*)::int AS "sold"
      FROM "Grant" WHERE "poolId" = p."poolId" AND "createdAt" > ${since} AND "createdAt" <= ${now}
      GROUP BY 1
    ) s`;

  const sales = new Map(poolIds.map((poolId) => [poolId, new Array<number>(SALES_DAYS).fill(0)]));
  for (const { poolId, day, sold } of rows) {
    const days = sales.get(poolId);
    if (days) days[Math.min(day, SALES_DAYS - 1)] = (days[Math.min(day, SALES_DAYS - 1)] ?? 0) + sold;
  }
  return sales;
}
