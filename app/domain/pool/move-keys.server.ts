import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { changeMany } from "./change-many.server";
import { chosenKeys, unsold, type KeyChoice } from "./key-choice";
import { lockPool } from "./lock-pool.server";
import { serveWaiting } from "./serve-waiting.server";

export type MoveKeysInput = {
  shopId: string;
  poolId: string;
  /** Another pool of the shop. */
  toPoolId: string;
  choice: KeyChoice;
  actor: AuditActor;
  now: Date;
};

export type MoveKeysResult =
  { kind: "moved"; count: number; served: number } | { kind: "refused"; reason: "unknown_pool" | "same_pool" };

/**
 * Moves those of the keys that nobody was given to another pool, where they serve who waits. One that an order
 * claims at this moment goes to the order.
 */
export function moveKeys(input: MoveKeysInput): Promise<MoveKeysResult> {
  const { shopId, poolId, toPoolId, choice, actor, now } = input;

  return changeMany(async (tx) => {
    if (poolId === toPoolId) return { kind: "refused", reason: "same_pool" };
    const locked = [];
    for (const id of [poolId, toPoolId].sort()) locked.push(await lockPool(tx, shopId, id));
    const target = locked.find((pool) => pool?.id === toPoolId);
    if (!target || locked.includes(null)) return { kind: "refused", reason: "unknown_pool" };

    const where = { ...chosenKeys(shopId, poolId, choice), ...unsold };
    const { count } = await tx.poolKey.updateMany({ where, data: { poolId: toPoolId } });
    if (count > 0) await tx.pool.update({ where: { id: toPoolId }, data: { hasOtherKeys: true } });
    const served = await serveWaiting(tx, { shopId, poolId: toPoolId, now });
    const data = { poolId: toPoolId, pool: target.name, count };
    if (count > 0) await recordAudit(tx, { shopId, actor, action: "keys_moved", data });
    return { kind: "moved", count, served: served.length };
  });
}
