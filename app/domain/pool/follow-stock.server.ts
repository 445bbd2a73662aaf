import type { Tx } from "~/db.server";
import type { JobName } from "~/jobs/jobs";

// Long enough for the orders of a rush to share a call, short enough to be there before the next customer pays.
const DELAY_SECONDS = 2;

/**
 * Has Shopify's stock follow the keys left in those of the pools that want it: one call however many orders ask for it.
 *
 * To be called after the transaction that changed the keys, never in it: who asks holds the job's row, and orders would
 * queue for it. Lost in a crash, it is made up for within a minute (see `watchPools`).
 */
export async function followStock(tx: Tx, shopId: string, poolIds: string[]): Promise<void> {
  if (poolIds.length === 0) return;
  const task: JobName = "set_inventory";
  await tx.$queryRaw`
    SELECT count(job)::int FROM "Pool" p, LATERAL graphile_worker.add_job(
      ${task}::text, json_build_object('shopId', p."shopId", 'poolId', p."id"),
      job_key => ${task}::text || ':' || p."id", job_key_mode => 'preserve_run_at',
      queue_name => ${task}::text || ':' || p."id",
      run_at => now() + make_interval(secs => ${DELAY_SECONDS}::int)) AS job
    WHERE p."shopId" = ${shopId}::uuid AND p."id" = ANY(${poolIds}::uuid[]) AND p."setsInventory"
      AND NOT p."generatesOnDemand"`;
}
