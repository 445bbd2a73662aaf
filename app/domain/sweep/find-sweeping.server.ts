import { db } from "~/db.server";

const DAY_MS = 86_400_000;
const REPAIRED_DAYS = 7;
/** Shopify is often away for a minute; that is nobody's business. */
const PROBLEM_AFTER_MS = 30 * 60_000;
const STUCK_AFTER_ATTEMPTS = 5;

/** How the shop's orders are kept up to date with Shopify. */
export type Sweeping = {
  /** When Shopify was last asked which orders changed, and all of them were looked at; null: never yet. */
  sweptAt: Date | null;
  /** Orders that were not right before a sweep looked at them, in the last 7 days. */
  repaired: number;
  /** Orders looked at so far by the one that goes through the last 60 days; null: none is under way. */
  underWay: number | null;
  /** What has kept sweeps from going on for half an hour; null: nothing. */
  problem: string | null;
  /** Orders that fail to be brought up to date again and again. */
  stuck: number;
};

export async function findSweeping(shopId: string, now: Date): Promise<Sweeping> {
  const [last, lately, underWay, stuck] = await Promise.all([
    db.sweep.findFirst({
      where: { shopId, finishedAt: { not: null } },
      orderBy: { startedAt: "desc" },
      select: { finishedAt: true },
    }),
    db.sweep.aggregate({
      where: { shopId, startedAt: { gt: new Date(now.getTime() - REPAIRED_DAYS * DAY_MS) } },
      _sum: { repaired: true },
    }),
    db.sweep.findMany({ where: { shopId, finishedAt: null } }),
    countStuck(shopId),
  ]);
  const stuckSince = new Date(now.getTime() - PROBLEM_AFTER_MS);
  return {
    sweptAt: last?.finishedAt ?? null,
    repaired: lately._sum.repaired ?? 0,
    underWay: underWay.find(({ isFull }) => isFull)?.orders ?? null,
    problem: underWay.find(({ startedAt, problem }) => problem && startedAt < stuckSince)?.problem ?? null,
    stuck,
  };
}

/** Whose job has failed for a minute and more, or has given up. */
async function countStuck(shopId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ jobs: number }[]>`
    SELECT count(*)::int AS "jobs" FROM graphile_worker.jobs
    WHERE "task_identifier" = 'reconcile_order' AND "key" LIKE ${`reconcile_order:${shopId}:%`}
      AND "last_error" IS NOT NULL AND "attempts" >= ${STUCK_AFTER_ATTEMPTS}`;
  return row?.jobs ?? 0;
}
