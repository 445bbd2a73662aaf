import { place, take, type OrderPlan } from "./orders.ts";
import type { ShopOrder, ShopState, World } from "./world.ts";

/** Calls of the control at a time: each waits for the first attempt of its webhooks. */
const LANES = 12;

type Underway = { order: ShopOrder; steps: OrderPlan["steps"] };

/**
 * Lets every planned order happen, many at a time, the steps of one among those of the others.
 *
 * @param onProgress  is told the share that is done, from 0 to 1
 */
export async function runTraffic(world: World, plans: OrderPlan[], onProgress: (share: number) => void) {
  const { random } = world;
  const unplaced = plans.toReversed();
  const underway: Underway[] = [];
  const total = plans.reduce((sum, { steps }) => sum + 1 + steps.length, 0);
  let done = 0;

  const next = async (): Promise<boolean> => {
    const goesOn = underway.length > 0 && (unplaced.length === 0 || random.chance(0.5));
    const [begun] = goesOn ? underway.splice(random.whole(0, underway.length - 1), 1) : [];
    const plan = begun ? null : unplaced.pop();
    if (!begun && !plan) return false;

    if (plan) {
      underway.push({ order: (await place(world, plan)).order, steps: plan.steps });
    } else if (begun) {
      const [step, ...steps] = begun.steps;
      if (!step) return true;
      underway.push({ order: (await take(world, begun.order, step)).order, steps });
    }
    onProgress(++done / total);
    return true;
  };
  const lane = async () => {
    while (await next());
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await payWhatIsOwed(world);
}

/** What edits added is paid in the end: until then, what a customer is owed depends on the order's past. */
async function payWhatIsOwed(world: World) {
  const state = await stateOf(world);
  const edited = state.orders.filter(
    ({ financialStatus, cancelledAt }) => financialStatus === "partially_paid" && !cancelledAt,
  );
  for (const order of edited) await take(world, order, { kind: "pay", share: 1 });
}

export async function stateOf(world: World): Promise<ShopState> {
  const state = await world.control<ShopState>("GET", "/state");
  if (!state) throw new Error("The store told nothing of its state");
  return state;
}
