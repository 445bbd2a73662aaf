import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { lockPool } from "./lock-pool.server";
import type { PoolSettings } from "./pool-form";

export type ChangePoolInput = {
  shopId: string;
  poolId: string;
  /** What is not said stays as it is. */
  settings: Partial<PoolSettings>;
  actor: AuditActor;
};

export type ChangePoolRefusal = "unknown_pool" | "name_taken";

export type ChangePoolResult = { kind: "changed" } | { kind: "refused"; reason: ChangePoolRefusal };

/** Renames a pool, or changes what its keys are sold under from now on: what was sold keeps its terms. */
export function changePool({ shopId, poolId, settings, actor }: ChangePoolInput): Promise<ChangePoolResult> {
  return inTransaction(async (tx) => {
    const pool = await lockPool(tx, shopId, poolId);
    if (!pool) return { kind: "refused", reason: "unknown_pool" };

    const { name = pool.name } = settings;
    const other = await tx.pool.findFirst({ where: { shopId, name, id: { not: poolId } }, select: { id: true } });
    if (other) return { kind: "refused", reason: "name_taken" };

    await tx.pool.update({ where: { id: poolId }, data: settings });
    await recordAudit(tx, { shopId, actor, action: "pool_changed", data: { poolId, pool: name } });
    return { kind: "changed" };
  });
}
