import { place, take, type OrderPlan } from "./orders.ts";
import { pause } from "./trouble.ts";
import { inLanes, type ShopOrder, type World } from "./world.ts";

/** Orders whose webhooks come at a time. */
const LANES = 3;
/** Shopify counts in seconds: what happens in one and the same is asked for again, and not settled by its age. */
const SECOND_MS = 1_100;

type Underway = { order: ShopOrder; steps: OrderPlan["steps"]; webhookIds: string[] };

/**
 * Orders whose webhooks all stay away at first and then come at once, each twice and in any order: facts of different
 * ages about one order meet in the app.
 *
 * @returns how many webhooks came
 */
export async function runStorm(world: World, plans: OrderPlan[]): Promise<number> {
  await world.control("POST", "/faults", { webhooks: { drop: 1 } });
  let underway = await Promise.all(
    plans.map(async (plan): Promise<Underway> => {
      const { order, webhooks } = await place(world, plan);
      return { order, steps: plan.steps, webhookIds: idsOf(webhooks) };
    }),
  );
  while (underway.some(({ steps }) => steps.length > 0)) {
    await pause(SECOND_MS);
    underway = await Promise.all(underway.map((one) => goOn(world, one)));
  }
  await world.control("POST", "/faults", { webhooks: {} });

  await inLanes(LANES, underway, ({ webhookIds }) => {
    const twice = world.random.shuffled([...webhookIds, ...webhookIds]);
    return Promise.all(twice.map((id) => world.control("POST", `/webhooks/${id}/redeliver`)));
  });
  return underway.reduce((sum, { webhookIds }) => sum + 2 * webhookIds.length, 0);
}

async function goOn(world: World, underway: Underway): Promise<Underway> {
  const [step, ...steps] = underway.steps;
  if (!step) return underway;
  const { order, webhooks } = await take(world, underway.order, step);
  return { order, steps, webhookIds: [...underway.webhookIds, ...idsOf(webhooks)] };
}

function idsOf(webhooks: { webhookId: string }[]): string[] {
  return webhooks.map(({ webhookId }) => webhookId);
}
