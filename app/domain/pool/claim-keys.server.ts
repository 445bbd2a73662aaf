import { Prisma } from "@prisma/client";
import { queryPrepared, type Tx } from "~/db.server";
import { KeyRule } from "./key-rule";
import { makeKeys } from "./make-keys.server";

export type ClaimKeysInput = { shopId: string; poolId: string; grantIds: string[] };

/**
 * Takes one key out of a pool for each grant, oldest keys first, for good.
 *
 * No two callers get the same key, and while keys last none waits for another. Only a caller that
 * finds too few waits for an import that is filling this pool, and then tries once more: either it
 * sees the new keys, or the import sees its grants waiting. A pool that makes keys on demand makes what
 * is still missing then.
 *
 * Locks are taken in this order everywhere: order, pool, waiting grants, keys. So a transaction that
 * also takes waiting grants away claims first, and claims from several pools by ascending pool id.
 *
 * @param input.grantIds  grants of the pool that hold no key yet, already written in `tx`, in the order
 *   in which they are to be served
 * @returns the ids of those that got a key, in that order; the rest are to wait.
 */
export async function claimKeys(tx: Tx, input: ClaimKeysInput): Promise<string[]> {
  const served = await takeKeys(tx, input);
  if (served.length === input.grantIds.length) return served;

  const [pool] = await tx.$queryRaw<{ rule: unknown }[]>`
    SELECT CASE WHEN "generatesOnDemand" THEN rule END AS rule FROM "Pool"
    WHERE id = ${input.poolId}::uuid AND "shopId" = ${input.shopId}::uuid FOR SHARE`;
  const rest = input.grantIds.slice(served.length);
  served.push(...(await takeKeys(tx, { ...input, grantIds: rest })));
  const missing = input.grantIds.slice(served.length);
  if (missing.length === 0 || !pool?.rule) return served;

  const { shopId, poolId } = input;
  const { grantIds } = await makeKeys(tx, { shopId, poolId, rule: KeyRule.parse(pool.rule), for: missing });
  return [...served, ...grantIds];
}

async function takeKeys(tx: Tx, { shopId, poolId, grantIds }: ClaimKeysInput): Promise<string[]> {
  const [first] = grantIds;
  if (first === undefined) return [];
  if (grantIds.length === 1) return takeOne(tx, { shopId, poolId, grantId: first });

  const taken = await tx.$queryRaw<{ grantId: string; place: number }[]>`
    WITH wanted AS (
      SELECT grant_id, place FROM unnest(${grantIds}::uuid[]) WITH ORDINALITY AS listed (grant_id, place)
    ), next AS (
      SELECT id, seq FROM "PoolKey"
      WHERE "poolId" = ${poolId}::uuid AND "shopId" = ${shopId}::uuid AND state = 'available'
      ORDER BY seq
      LIMIT ${grantIds.length}
      FOR UPDATE SKIP LOCKED
    ), numbered AS (
      SELECT id, row_number() OVER (ORDER BY seq) AS place FROM next
    )
    UPDATE "PoolKey" AS key SET state = 'granted', "grantId" = wanted.grant_id
    FROM numbered JOIN wanted USING (place)
    WHERE key.id = numbered.id
    RETURNING key."grantId", wanted.place::int`;
  return taken.sort((a, b) => a.place - b.place).map(({ grantId }) => grantId);
}

/** As `takeKeys` does for many, in words that PostgreSQL plans in half the time: most orders are of one unit. */
async function takeOne(tx: Tx, { shopId, poolId, grantId }: Omit<ClaimKeysInput, "grantIds"> & { grantId: string }) {
  const sql = Prisma.sql`
    UPDATE "PoolKey" SET state = 'granted', "grantId" = ${grantId}::uuid
    WHERE id = (
      SELECT id FROM "PoolKey"
      WHERE "poolId" = ${poolId}::uuid AND "shopId" = ${shopId}::uuid AND state = 'available'
      ORDER BY seq
      LIMIT 1
      FOR UPDATE SKIP LOCKED
    )
    RETURNING "grantId"`;
  const taken = await queryPrepared<{ grantId: string }>(tx, "take one key", sql);
  return taken.map((key) => key.grantId);
}
