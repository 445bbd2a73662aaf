import { db } from "~/db.server";

const WEEK_MS = 7 * 86_400_000;

export type Week = { grants: number; orders: number; downloads: number };

/** What happened in the seven days before `now`: grants made, the orders they are of, files fetched. */
export async function countWeek(shopId: string, now: Date): Promise<Week> {
  const since = new Date(now.getTime() - WEEK_MS);
  const [week] = await db.$queryRaw<Week[]>`
    SELECT count(*)::int AS "grants", count(DISTINCT "orderId")::int AS "orders", (
      SELECT count(*)::int FROM "Download"
      WHERE "shopId" = ${shopId}::uuid AND "at" > ${since} AND "outcome" = 'started'
    ) AS "downloads"
    FROM "Grant" WHERE "shopId" = ${shopId}::uuid AND "createdAt" > ${since}`;
  return week ?? { grants: 0, orders: 0, downloads: 0 };
}
