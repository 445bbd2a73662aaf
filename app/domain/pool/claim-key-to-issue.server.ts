import type { Tx } from "~/db.server";
import { KeyRule } from "./key-rule";
import { makeKeys } from "./make-keys.server";

export type ClaimedKey = { id: string; expiresAt: Date | null };

/**
 * Takes the next key out of a pool for nobody's order, as `claimKeys` takes them for grants: two callers never get
 * the same, and only one that finds the pool empty waits for who is filling it, or makes a key where the pool makes
 * them on demand.
 *
 * @returns null when the pool is empty.
 */
export async function claimKeyToIssue(
  tx: Tx,
  { shopId, poolId }: { shopId: string; poolId: string },
): Promise<ClaimedKey | null> {
  // The key it takes says nothing of the pool that would keep the pool from being deleted with it.
  await tx.$queryRaw`SELECT 1 FROM "Pool" WHERE "id" = ${poolId}::uuid AND "shopId" = ${shopId}::uuid FOR KEY SHARE`;
  const taken = await takeKey(tx, shopId, poolId);
  if (taken) return taken;

  const [pool] = await tx.$queryRaw<{ rule: unknown }[]>`
    SELECT CASE WHEN "generatesOnDemand" THEN "rule" END AS "rule" FROM "Pool"
    WHERE "id" = ${poolId}::uuid AND "shopId" = ${shopId}::uuid FOR SHARE`;
  const arrived = await takeKey(tx, shopId, poolId);
  if (arrived || !pool?.rule) return arrived;

  await makeKeys(tx, { shopId, poolId, rule: KeyRule.parse(pool.rule), for: 1 });
  return takeKey(tx, shopId, poolId);
}

async function takeKey(tx: Tx, shopId: string, poolId: string): Promise<ClaimedKey | null> {
  const [taken] = await tx.$queryRaw<ClaimedKey[]>`
    UPDATE "PoolKey" SET "state" = 'granted' WHERE "id" = (
      SELECT "id" FROM "PoolKey"
      WHERE "poolId" = ${poolId}::uuid AND "shopId" = ${shopId}::uuid AND "state" = 'available'
      ORDER BY "seq" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "id", "expiresAt"`;
  return taken ?? null;
}
