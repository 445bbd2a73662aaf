import { fillPool, poolsOf } from "./merchant.ts";
import { stateOf } from "./traffic.ts";
import { pause } from "./trouble.ts";
import type { World } from "./world.ts";

const LOOK_MS = 1_000;

type Unsettled = { webhooks: number; jobs: number; locked: number; deliveries: number; waiting: number; sweep: number };

/**
 * Waits, with the faults lifted, until nothing is left to be done: every webhook answered, every job done, all that
 * changed swept once more. Retries that wait for minutes are brought forward.
 *
 * @returns what was still unsettled when the time was over; null: nothing
 */
export async function settle(world: World, limitMs: number, say: (text: string) => void): Promise<Unsettled | null> {
  await world.control("DELETE", "/faults");
  const [lifted] = await world.sql<{ at: Date }>("SELECT now() AS at");
  const since = lifted?.at ?? new Date();
  await fillPools(world);

  const deadline = Date.now() + limitMs;
  let quiet = 0;
  for (;;) {
    await bringForward(world);
    const left = await unsettled(world, since);
    quiet = Object.values(left).every((count) => count === 0) ? quiet + 1 : 0;
    if (quiet === 2) return null;
    say(
      `settling: ${Object.entries(left)
        .map(([what, count]) => `${count} ${what}`)
        .join(", ")}`,
    );
    if (Date.now() > deadline) return left;
    if (left.waiting > 0 && left.jobs === 0) await fillPools(world);
    await pause(LOOK_MS);
  }
}

/** With as many keys as grants wait for, and some to spare for what is still to come. */
async function fillPools(world: World) {
  for (const pool of await poolsOf(world)) {
    const [short] = await world.sql<{ count: number }>(
      `SELECT count(*)::int FROM "Grant" WHERE "poolId" = $1 AND "state" = 'waiting'`,
      [pool.id],
    );
    const count = short?.count ?? 0;
    if (count > 0) await fillPool(world, pool, { batch: `LAST-${Date.now()}`, count: count + 20 });
  }
}

/** All but the sweep, which comes every few seconds by itself; and what the queue does once a minute. */
async function bringForward(world: World) {
  await world.sql(
    `SELECT count(*) FROM graphile_worker.jobs AS job, LATERAL graphile_worker.reschedule_jobs(ARRAY[job.id], run_at => now())
     WHERE job.task_identifier <> 'sweep' AND job.locked_at IS NULL AND job.attempts < job.max_attempts
       AND job.run_at > now() + interval '1 second'`,
  );
  await world.sql(`SELECT 1 FROM graphile_worker.add_job('serve_waiting', '{}', job_key => 'chaos:serve_waiting')
    WHERE EXISTS (SELECT 1 FROM "Grant" WHERE "state" = 'waiting')`);
}

async function unsettled(world: World, since: Date): Promise<Unsettled> {
  const [counts] = await world.sql<Omit<Unsettled, "webhooks">>(
    `SELECT
       (SELECT count(*) FROM graphile_worker.jobs
        WHERE task_identifier NOT IN ('sweep', 'sweep_shop') AND attempts < max_attempts)::int AS jobs,
       (SELECT count(*) FROM graphile_worker.jobs
        WHERE locked_at IS NOT NULL AND task_identifier NOT IN ('sweep', 'sweep_shop'))::int AS locked,
       (SELECT count(*) FROM "Delivery" WHERE "state" = 'queued')::int AS deliveries,
       (SELECT count(*) FROM "Grant" WHERE "state" = 'waiting')::int AS waiting,
       (SELECT count(*) FROM "Shop" WHERE "uninstalledAt" IS NULL AND ("sweptUntil" IS NULL OR "sweptUntil" <= $1))::int AS sweep`,
    [since],
  );
  const left = { webhooks: 0, jobs: 0, locked: 0, deliveries: 0, waiting: 0, sweep: 0, ...counts };
  if (Object.values(left).some((count) => count > 0)) return left;
  // Large, and made by the process that plays Shopify: asked for only when all else is done.
  const { webhooks } = await stateOf(world);
  return { ...left, webhooks: webhooks.filter(({ state }) => state === "pending").length };
}
