import { stateOf } from "./traffic.ts";
import { pause } from "./trouble.ts";
import { inLanes, type World } from "./world.ts";

const LANES = 16;
const PATIENCE_MS = 60_000;

/** What late webhooks must leave as it was. */
const standing = `SELECT
  (SELECT count(*) FROM "AuditEntry" WHERE "action" IN ('granted', 'revoked', 'restored', 'held', 'released'))::int AS changes,
  (SELECT count(*) FROM "Grant" WHERE "state" <> 'revoked')::int AS grants,
  (SELECT count(*) FROM "Delivery")::int AS deliveries`;

/**
 * Sends webhooks again that were sent before, or dropped, in any order and many at once: when all is as Shopify says,
 * they change nothing.
 *
 * @returns how many were sent, and what they changed
 */
export async function replayWebhooks(world: World, most: number): Promise<{ sent: number; changed: string[] }> {
  const { webhooks } = await stateOf(world);
  const late = world.random.shuffled(webhooks.filter(({ topic }) => topic.startsWith("orders/"))).slice(0, most);
  const [before] = await world.sql(standing);

  await inLanes(LANES, late, ({ webhookId }) => world.control("POST", `/webhooks/${webhookId}/redeliver`));
  const deadline = Date.now() + PATIENCE_MS;
  while ((await jobsLeft(world)) > 0 && Date.now() < deadline) await pause(500);

  const [after] = await world.sql(standing);
  const names = Object.keys(before ?? {});
  const changed = names.filter((name) => before?.[name] !== after?.[name]);
  return {
    sent: late.length,
    changed: changed.map((name) => `${name}: ${before?.[name]} before, ${after?.[name]} after`),
  };
}

async function jobsLeft(world: World): Promise<number> {
  const [left] = await world.sql<{ count: number }>(
    `SELECT count(*)::int FROM graphile_worker.jobs
     WHERE task_identifier NOT IN ('sweep', 'sweep_shop') AND attempts < max_attempts AND run_at <= now()`,
  );
  return left?.count ?? 0;
}
