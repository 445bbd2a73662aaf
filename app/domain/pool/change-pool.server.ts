import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { lockPool } from "./lock-pool.server";

export type ChangePoolInput = {
  shopId: string;
  poolId: string;
  name: string;
  /** Machines one key may be activated on; null: unlimited. */
  activationLimit: number | null;
  actor: AuditActor;
};

export type ChangePoolRefusal = "unknown_pool" | "name_taken";

export type ChangePoolResult = { kind: "changed" } | { kind: "refused"; reason: ChangePoolRefusal };

/** Renames a pool and sets its activation limit, which counts for keys already sold too. */
export function changePool(input: ChangePoolInput): Promise<ChangePoolResult> {
  const { shopId, poolId, name, activationLimit, actor } = input;

  return inTransaction(async (tx) => {
    if (!(await lockPool(tx, shopId, poolId))) return { kind: "refused", reason: "unknown_pool" };
    const changed = await tx.$executeRaw`
      UPDATE "Pool" SET name = ${name}, "activationLimit" = ${activationLimit}
      WHERE id = ${poolId}::uuid AND NOT EXISTS (
        SELECT 1 FROM "Pool" WHERE "shopId" = ${shopId}::uuid AND name = ${name} AND id <> ${poolId}::uuid)`;
    if (changed === 0) return { kind: "refused", reason: "name_taken" };

    await recordAudit(tx, { shopId, actor, action: "pool_changed", data: { poolId, pool: name } });
    return { kind: "changed" };
  });
}
