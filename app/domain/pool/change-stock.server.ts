import { db, inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { followStock } from "./follow-stock.server";
import type { PoolStock } from "./pool-form";
import { lockPool } from "./lock-pool.server";

export type ChangeStockInput = { shopId: string; poolId: string; stock: PoolStock; actor: AuditActor };

export type ChangeStockResult = { kind: "changed" } | { kind: "refused"; reason: "unknown_pool" };

/**
 * Sets when a pool runs low, and whether Shopify's stock of what gives its keys is set to the keys left.
 *
 * The stock is set at once where it is to be; where it is no longer to be, it stays as it was set last.
 */
export async function changeStock({ shopId, poolId, stock, actor }: ChangeStockInput): Promise<ChangeStockResult> {
  const result = await inTransaction<ChangeStockResult>(async (tx) => {
    const pool = await lockPool(tx, shopId, poolId);
    if (!pool) return { kind: "refused", reason: "unknown_pool" };

    const anew = { inventoryProblem: null, inventorySet: null, inventorySetAt: null };
    await tx.pool.update({ where: { id: poolId }, data: { ...stock, ...anew } });
    await recordAudit(tx, { shopId, actor, action: "pool_changed", data: { poolId, pool: pool.name } });
    return { kind: "changed" };
  });
  await followStock(db, shopId, [poolId]);
  return result;
}
