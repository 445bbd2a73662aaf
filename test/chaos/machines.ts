import { check, type Check } from "./check.ts";
import type { World } from "./world.ts";

/** Machines that try one key at once: more than it may be activated on. */
const MACHINES = 5;

/** Keys that customers were shown, and the grants that they came with. */
export type ShownKeys = Map<string, string>;

/** Installs the software on several machines at once, and takes it off one now and then. */
export async function activateAtOnce(world: World, key: string) {
  const machines = Array.from({ length: MACHINES }, () => `machine-${world.random.whole(1, 8)}`);
  await Promise.all(machines.map((fingerprint) => license(world, "activate", { key, fingerprint })));
  const [gone] = machines;
  if (gone && world.random.chance(0.3)) await license(world, "deactivate", { key, fingerprint: gone });
}

/** Each call from an address of its own: throttling is for others to test. */
function license(
  world: World,
  call: "activate" | "deactivate",
  { key, fingerprint }: { key: string; fingerprint: string },
) {
  const { random, sandbox } = world;
  const address = [10, random.whole(0, 255), random.whole(0, 255), random.whole(1, 254)].join(".");
  return world.call(`/api/licenses/${call}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Forwarded-For": address },
    body: JSON.stringify({ shop: sandbox.shop, key, fingerprint }),
  });
}

/** Places are never above the limit, and a key that was taken back opens nothing. */
export async function checkMachines(world: World, shown: ShownKeys, most: number): Promise<Check[]> {
  const keys = await world.sql<{ keyEnd: string; used: number; limit: number | null }>(
    `SELECT k."keyEnd", count(*)::int AS used, coalesce(k."activationLimit", p."activationLimit") AS limit
     FROM "Activation" a JOIN "PoolKey" k ON k."id" = a."keyId" JOIN "Pool" p ON p."id" = k."poolId"
     WHERE a."blockedAt" IS NULL GROUP BY k."id", p."id"`,
  );
  const revoked = await world.sql<{ id: string }>(
    `SELECT "id" FROM "Grant" WHERE "state" = 'revoked' AND "id" = ANY ($1)`,
    [[...shown.values()]],
  );
  const taken = new Set(revoked.map(({ id }) => id));
  const tried: { key: string; status: number }[] = [];
  for (const [key, grantId] of [...shown].filter(([, id]) => taken.has(id)).slice(0, most)) {
    const { status } = await license(world, "activate", { key, fingerprint: `late-${grantId}` });
    tried.push({ key, status });
  }
  return [
    check("No license has more activations than its limit", keys, ({ keyEnd, used, limit }) =>
      limit !== null && used > limit ? `…${keyEnd} is on ${used} machines of ${limit}` : null,
    ),
    check("A key that was taken back activates nothing", tried, ({ key, status }) =>
      status === 409 || status === 404 || status === 429 ? null : `${key} was answered ${status}`,
    ),
  ];
}
