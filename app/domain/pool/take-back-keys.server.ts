import type { Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { lockPool } from "./lock-pool.server";
import { serveWaiting } from "./serve-waiting.server";

/** What happens to the keys of grants that are taken away. */
export type ReturnRule = { returnsUnseenKeys: boolean };

/**
 * Holds the pools that keys may go back to, before anything else of theirs is locked: see `claimKeys` on the order.
 *
 * @param grantIds  those to be taken away, and those that may claim a key in the same transaction
 * @param poolIds   of grants still to be made in the same transaction
 * @returns the shop's rule; without it nothing is held.
 */
export async function lockPoolsToReturn(
  tx: Tx,
  shopId: string,
  grantIds: string[],
  poolIds: string[] = [],
): Promise<ReturnRule> {
  const { returnsUnseenKeys } = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { returnsUnseenKeys: true },
  });
  if (!returnsUnseenKeys) return { returnsUnseenKeys };

  const pools = await tx.$queryRaw<{ id: string }[]>`
    SELECT "poolId" AS "id" FROM "Grant"
    WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${grantIds}::uuid[]) AND "poolId" IS NOT NULL
    UNION SELECT "poolId" FROM "PoolKey" WHERE "shopId" = ${shopId}::uuid AND "grantId" = ANY(${grantIds}::uuid[])
    UNION SELECT unnest(${poolIds}::uuid[])
    ORDER BY "id"`;
  for (const { id } of pools) await lockPool(tx, shopId, id);
  return { returnsUnseenKeys };
}

/**
 * Takes the keys of revoked grants: each stays with its grant, revoked, so that nobody else gets it. A key that never
 * left for its customer (see `exposeKeys`) goes back to its pool where the shop wants that, without the machines tied
 * to it, and serves who waits for one.
 *
 * @param grantIds  revoked in `tx` already, so that none of their keys can leave any more
 * @returns the ids of the grants whose key went back.
 */
export async function takeBackKeys(
  tx: Tx,
  { shopId, grantIds, now }: { shopId: string; grantIds: string[]; now: Date },
  { returnsUnseenKeys }: ReturnRule,
): Promise<string[]> {
  const returned = returnsUnseenKeys ? await returnUnseen(tx, shopId, grantIds) : [];
  // What a person disabled stays so; but its row is waited for, since they may be enabling it.
  await tx.$executeRaw`
    UPDATE "PoolKey" SET "state" = CASE WHEN "state" = 'disabled' THEN "state" ELSE 'revoked' END
    WHERE "shopId" = ${shopId}::uuid AND "grantId" = ANY(${grantIds}::uuid[])`;
  if (returned.length === 0) return [];

  await tx.activation.deleteMany({ where: { shopId, keyId: { in: returned.map(({ keyId }) => keyId) } } });
  for (const [poolId, keys] of Map.groupBy(returned, (key) => key.poolId)) {
    const { name: pool } = await tx.pool.findUniqueOrThrow({ where: { id: poolId }, select: { name: true } });
    const data = { poolId, pool, count: keys.length };
    await recordAudit(tx, { shopId, actor: "worker", action: "keys_returned", data });
    await serveWaiting(tx, { shopId, poolId, now });
  }
  return returned.map(({ grantId }) => grantId);
}

type ReturnedKey = { keyId: string; poolId: string; grantId: string };

/** By ascending pool. */
async function returnUnseen(tx: Tx, shopId: string, grantIds: string[]): Promise<ReturnedKey[]> {
  const returned = await tx.$queryRaw<ReturnedKey[]>`
    UPDATE "PoolKey" k SET "state" = 'available', "grantId" = NULL
    FROM "Grant" g
    WHERE g."shopId" = ${shopId}::uuid AND g."id" = ANY(${grantIds}::uuid[]) AND g."state" = 'revoked'
      AND g."shownAt" IS NULL AND g."exposedAt" IS NULL AND k."grantId" = g."id" AND k."state" = 'granted'
    RETURNING k."id" AS "keyId", k."poolId", g."id" AS "grantId"`;
  return returned.sort((a, b) => (a.poolId < b.poolId ? -1 : 1));
}
