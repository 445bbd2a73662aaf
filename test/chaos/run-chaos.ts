import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Check } from "./check.ts";
import { checkCalls, checkPages } from "./check-calls.ts";
import { checkDeliveries, checkGrants, checkLimbo, checkOrders, checkTurns, checkWatches } from "./check-tables.ts";
import { beCustomers, type Had } from "./customers.ts";
import { checkMachines } from "./machines.ts";
import { fillPool, poolsOf } from "./merchant.ts";
import { type OrderPlan, planOrders } from "./orders.ts";
import { whatIsOwed } from "./owed.ts";
import { randomFrom } from "./random.ts";
import { replayWebhooks } from "./replay.ts";
import { settle } from "./settle.ts";
import { runStorm } from "./storm.ts";
import { runTraffic, stateOf } from "./traffic.ts";
import { planTrouble, untilHealthy } from "./trouble.ts";
import { setWatches } from "./watch.ts";
import { openWorld, type Message, type World } from "./world.ts";

export type Size = {
  orders: number;
  kills: number;
  restarts: number;
  /** What there is of time until all is settled, once the faults are lifted. */
  settleMs: number;
  /** Webhooks sent again in the end. */
  replays: number;
  /** Pages of messages looked at in the end. */
  pages: number;
};

/** The share of the orders, those of the most steps, whose webhooks come all at once. */
const STORM = 0.2;

/** Keys of one import, for each order there is. */
const FILL = 0.08;

export type ChaosInput = {
  sandbox: Sandbox;
  opened: AsyncDisposableStack;
  size: Size;
  seed: number;
  say: (text: string) => void;
};

/** Lets everything happen at once, waits until it is settled, and checks what came of it. */
export async function runChaos({ sandbox, opened, size, seed, say }: ChaosInput) {
  const random = randomFrom(seed);
  Math.random = random.next; // the store's own dice: which webhooks it drops, doubles and holds back
  const world = openWorld(sandbox, random, opened);
  await setWatches(world);
  const { products } = await stateOf(world);
  const plans = planOrders(size.orders, products, random);
  const storm = plans.toSorted((a, b) => b.steps.length - a.steps.length).slice(0, Math.ceil(size.orders * STORM));
  const others = plans.filter((plan) => !storm.includes(plan));
  const timings: string[] = [];

  const customers = sendCustomers(world);
  const troubles = await timed("traffic", timings, () => misbehave(world, others, size, say));
  const atOnce = await timed("storm", timings, () => runStorm(world, storm));
  const had = await customers.leave();
  const unsettled = await timed("settling", timings, () => settle(world, size.settleMs, say));
  await untilHealthy(world);
  const replayed = await timed("late webhooks", timings, () => replayWebhooks(world, size.replays));
  const checks = await timed("checking", timings, () => checkAll(world, { size, had, unsettled, replayed }));

  const { kills, restarts, refusals } = troubles;
  const steps = plans.reduce((sum, plan) => sum + plan.steps.length, 0);
  const answers = [...world.answers].sort().map(([kind, count]) => `${kind}: ${count}`);
  return {
    checks,
    told: [
      `${size.orders} orders, ${steps} payments, edits, refunds and cancels; ${atOnce} webhooks of ${storm.length} orders at once`,
      `SIGKILL: web ${kills.web}, worker ${kills.worker}; PostgreSQL restarted ${restarts} times`,
      `faults: ${refusals.join("; ")}`,
      `answers: ${answers.join("; ")}`,
      timings.join("; "),
    ],
  };
}

async function misbehave(world: World, plans: OrderPlan[], size: Size, say: (text: string) => void) {
  const { troubles, onProgress, settled } = planTrouble(world, size);
  const merchant = fillAsTimeGoes(world, Math.ceil(size.orders * FILL));

  let said = 0;
  onProgress(0);
  await runTraffic(world, plans, (share) => {
    onProgress(share);
    merchant.onProgress(share);
    if (share >= said + 0.1) say(`traffic: ${Math.round(share * 100)} %`);
    if (share >= said + 0.1) said = share;
  });
  await Promise.all([settled(), merchant.settled()]);
  return troubles;
}

/** Customers come for their downloads until they leave. */
function sendCustomers(world: World) {
  const ended = new AbortController();
  const had = beCustomers(world, ended.signal);
  return {
    leave: () => {
      ended.abort();
      return had;
    },
  };
}

/** The pools are too small: orders wait, and the merchant adds keys now and then, fewer than are waited for. */
function fillAsTimeGoes(world: World, count: number) {
  const fills = [0.3, 0.5, 0.7, 0.85];
  let underWay = Promise.resolve();
  const onProgress = (share: number) => {
    for (let at = fills[0]; at !== undefined && at <= share; at = fills[0]) {
      fills.shift();
      const batch = `AT-${Math.round(at * 100)}`;
      underWay = underWay.then(async () => {
        for (const pool of await poolsOf(world)) {
          await Promise.all(["A", "B"].map((half) => fillPool(world, pool, { batch: `${batch}-${half}`, count })));
        }
      });
    }
  };
  return { onProgress, settled: () => underWay };
}

type Outcome = {
  size: Size;
  had: Had;
  unsettled: object | null;
  replayed: { sent: number; changed: string[] };
};

async function checkAll(world: World, { size, had, unsettled, replayed }: Outcome): Promise<Check[]> {
  const { orders, webhooks } = await stateOf(world);
  const inbox = await world.control<{ messages: Message[] }>("GET", "/inbox");
  const messages = inbox?.messages ?? [];
  const owed = await whatIsOwed(world, orders);
  return [
    await checkOrders(world, orders),
    ...(await checkGrants(world, owed, had.downloads)),
    await checkTurns(world),
    ...(await checkMachines(world, had.keys, size.pages)),
    ...(await checkCalls(world, { orders, webhooks, owed })),
    await checkPages(world, owed, messages, size.pages),
    ...(await checkDeliveries(world, owed, messages)),
    ...(await checkLimbo(world, unsettled)),
    { what: "Late webhooks change nothing", lookedAt: replayed.sent, breaches: replayed.changed },
    ...(await checkWatches(world)),
  ];
}

async function timed<Result>(what: string, timings: string[], work: () => Promise<Result>): Promise<Result> {
  const startedAt = Date.now();
  const result = await work();
  timings.push(`${what} ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return result;
}
