import { place, take, type OrderPlan } from "./orders.ts";
import { stateOf } from "./traffic.ts";
import { pause } from "./trouble.ts";
import { inLanes, type World } from "./world.ts";

const LANES = 32;
/** Shopify counts in seconds: what happens in one and the same is asked for again, and not settled by its age. */
const SECOND_MS = 1_100;

/**
 * Orders whose webhooks all stay away at first and then come at once, in any order: facts of different ages about one
 * order meet in the app.
 *
 * @returns how many webhooks came at once
 */
export async function runStorm(world: World, plans: OrderPlan[]): Promise<number> {
  const startedAt = new Date().toISOString();
  await world.control("POST", "/faults", { webhooks: { drop: 1 } });
  let underway = await eachOf(plans, async (plan) => ({ order: await place(world, plan), steps: plan.steps }));
  while (underway.length > 0) {
    await pause(SECOND_MS);
    underway = await eachOf(underway, async ({ order, steps: [step, ...steps] }) => ({
      order: step ? await take(world, order, step) : order,
      steps,
    }));
    underway = underway.filter(({ steps }) => steps.length > 0);
  }
  await world.control("POST", "/faults", { webhooks: {} });

  const { webhooks } = await stateOf(world);
  const lost = world.random.shuffled(
    webhooks.filter(({ state, createdAt }) => state === "dropped" && createdAt >= startedAt),
  );
  await inLanes(LANES, lost, ({ webhookId }) => world.control("POST", `/webhooks/${webhookId}/redeliver`));
  return lost.length;
}

function eachOf<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  return Promise.all(items.map(work));
}
