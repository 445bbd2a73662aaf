import type { World } from "./world.ts";

const TRIES = 40;
const PAUSE_MS = 500;
const MOST_AT_ONCE = 100;

type Pool = { id: string; name: string };

/** The pools that attachments give keys from. */
export function poolsOf(world: World): Promise<Pool[]> {
  return world.sql<Pool>(
    `SELECT "id", "name" FROM "Pool" WHERE EXISTS (SELECT 1 FROM "Attachment" WHERE "poolId" = "Pool"."id") ORDER BY "name"`,
  );
}

/**
 * Adds keys to a pool as the merchant does, trying again until it went through: the same keys again add nothing.
 *
 * @param batch  tells these keys from others
 */
export async function fillPool(world: World, pool: Pool, { batch, count }: { batch: string; count: number }) {
  const prefix = pool.name.replace(/\W+/g, "-").toUpperCase();
  const keys = Array.from({ length: count }, (_, index) => `${prefix}-${batch}-${String(index).padStart(5, "0")}`);

  for (let from = 0; from < keys.length; from += MOST_AT_ONCE) {
    await untilAdded(world, pool, keys.slice(from, from + MOST_AT_ONCE));
  }
}

async function untilAdded(world: World, pool: Pool, keys: string[]) {
  for (let tried = 0; tried < TRIES; tried++) {
    if (await addKeys(world, pool.id, keys)) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`The pool ${pool.name} could not be filled in ${TRIES} attempts`);
}

/** @returns whether they are there now: added, or refused because an answer that was lost had added them. */
async function addKeys(world: World, poolId: string, keys: string[]): Promise<boolean> {
  const minted = await world.control<{ token: string }>("POST", "/tokens", { kind: "admin" });
  const fields = { intent: "add", texts: keys.join("\n"), activationLimit: "", expiresAt: "", note: "" };
  const answer = await world.call(`/app/pools/${poolId}/keys`, {
    method: "POST",
    headers: { Authorization: `Bearer ${minted?.token}` },
    body: new URLSearchParams(fields),
  });
  return answer.status === 200 || (answer.status === 422 && answer.text.includes("You have these keys already"));
}
