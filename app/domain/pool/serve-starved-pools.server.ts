import { db, inTransaction } from "~/db.server";
import { lockPool } from "./lock-pool.server";
import { serveWaiting } from "./serve-waiting.server";

/**
 * Serves every pool, of every shop, that has both keys and grants waiting for them.
 *
 * Adding keys serves who waits, so this finds something only after an order took keys and was then
 * rolled back while another found the pool empty.
 */
export async function serveStarvedPools() {
  const starved = await db.$queryRaw<{ shopId: string; poolId: string }[]>`
    SELECT "shopId", id AS "poolId" FROM "Pool"
    WHERE EXISTS (SELECT 1 FROM "Grant" WHERE "poolId" = "Pool".id AND state = 'waiting')
      AND EXISTS (SELECT 1 FROM "PoolKey" WHERE "poolId" = "Pool".id AND state = 'available')`;

  for (const { shopId, poolId } of starved) {
    await inTransaction(async (tx) => {
      await lockPool(tx, shopId, poolId);
      await serveWaiting(tx, { shopId, poolId });
    });
  }
}
