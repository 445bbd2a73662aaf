import type { World } from "./world.ts";

/** What went wrong in a run, to be told in the end. */
export type Troubles = { kills: { web: number; worker: number }; restarts: number; refusals: string[] };

type Event = { at: number; name: string; happen: () => Promise<void> };

const HEALTHY_MS = 60_000;

/**
 * Everything that goes wrong in a run, at shares of its traffic that the seed decides.
 *
 * @returns what is to be told each share that is done, and how to wait for what has begun.
 */
export function planTrouble(world: World, { kills, restarts }: { kills: number; restarts: number }) {
  const troubles: Troubles = { kills: { web: 0, worker: 0 }, restarts: 0, refusals: [] };
  const events = [
    ...refusals(world, troubles),
    ...killings(world, kills, troubles),
    ...databaseRestarts(world, restarts, troubles),
  ].sort((a, b) => a.at - b.at);
  let underWay = Promise.resolve();

  const onProgress = (share: number) => {
    for (let event = events[0]; event && event.at <= share; event = events[0]) {
      events.shift();
      const { happen } = event;
      underWay = underWay.then(happen);
    }
  };
  return { troubles, onProgress, settled: () => underWay };
}

function refusals(world: World, troubles: Troubles): Event[] {
  const fault = (at: number, name: string, faults: object): Event => ({
    at,
    name,
    happen: async () => {
      troubles.refusals.push(name);
      await world.control("POST", "/faults", faults);
    },
  });
  return [
    fault(0, "webhooks dropped 20 %, doubled 30 %, shuffled 30 %", {
      webhooks: { drop: 0.2, duplicate: 0.3, shuffle: 0.3 },
    }),
    fault(0.1, "Admin API throttled 30 %", { admin: { status: 429, rate: 0.3 } }),
    fault(0.2, "mail put off (451)", { mail: { reject: 451 } }),
    fault(0.35, "mail taken again", { mail: {} }),
    fault(0.4, "storage refusing (503)", { storage: { status: 503 } }),
    fault(0.5, "storage answering again", { storage: {} }),
    fault(0.55, "Admin API broken 30 % (503)", { admin: { status: 503, rate: 0.3 } }),
    fault(0.65, "mail put off (421)", { mail: { reject: 421 } }),
    fault(0.75, "mail taken again", { mail: {} }),
  ];
}

/** Half of them the web server, half the worker, each while it runs. */
function killings(world: World, count: number, troubles: Troubles): Event[] {
  const { random, sandbox } = world;
  return Array.from({ length: count }, (_, index): Event => {
    const program = index % 2 === 0 ? "web" : "worker";
    return {
      at: random.next() * 0.95,
      name: `${program} killed`,
      happen: async () => {
        await untilHealthy(world);
        while (!sandbox[program].restart("SIGKILL")) await pause(100);
        troubles.kills[program] += 1;
      },
    };
  });
}

/** In turns as an administrator does it, and as a crash. */
function databaseRestarts(world: World, count: number, troubles: Troubles): Event[] {
  return Array.from({ length: count }, (_, index): Event => ({
    at: (index + 0.5 + world.random.next() * 0.3) / count,
    name: "PostgreSQL restarted",
    happen: async () => {
      await world.sandbox.restartDatabase?.(index % 2 === 0 ? "SIGINT" : "SIGQUIT");
      troubles.restarts += 1;
    },
  }));
}

/** @throws when the app does not become healthy again */
export async function untilHealthy(world: World) {
  const deadline = Date.now() + HEALTHY_MS;
  while ((await world.call("/health")).status !== 200) {
    if (Date.now() > deadline) throw new Error(`The app is not healthy again after ${HEALTHY_MS / 1000} s`);
    await pause(200);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
