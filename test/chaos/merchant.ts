import type { World } from "./world.ts";

const TRIES = 40;
const PAUSE_MS = 500;

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

  for (let tried = 0; tried < TRIES; tried++) {
    if (await importKeys(world, pool.id, keys)) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`The pool ${pool.name} could not be filled in ${TRIES} attempts`);
}

async function importKeys(world: World, poolId: string, keys: string[]): Promise<boolean> {
  const minted = await world.control<{ token: string }>("POST", "/tokens", { kind: "admin" });
  const body = new FormData();
  body.set("intent", "import");
  body.set("hasHeader", "yes");
  body.set("file", new File([["key", ...keys].join("\n")], "keys.csv", { type: "text/csv" }));
  const answer = await world.call(`/app/pools/${poolId}/import`, {
    method: "POST",
    headers: { Authorization: `Bearer ${minted?.token}` },
    body,
  });
  if (answer.status !== 200) return false;
  return (JSON.parse(answer.text) as { kind: string }).kind === "imported";
}
