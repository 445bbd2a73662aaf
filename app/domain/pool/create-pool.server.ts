import { v7 as uuidV7 } from "uuid";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";

export type CreatePoolInput = {
  shopId: string;
  name: string;
  activationLimit: number | null;
  /** Who makes it; "worker" when no person does. */
  actor?: AuditActor;
};

export type CreatePoolResult = { kind: "created"; poolId: string } | { kind: "refused"; reason: "name_taken" };

/**
 * Makes an empty pool.
 *
 * @param input.name             unique among the shop's pools, archived ones too; compared exactly
 * @param input.activationLimit  machines one key may be activated on; null: unlimited
 */
export function createPool({ actor = "worker", ...pool }: CreatePoolInput): Promise<CreatePoolResult> {
  const poolId = uuidV7();

  return inTransaction(async (tx) => {
    const { count } = await tx.pool.createMany({ data: [{ id: poolId, ...pool }], skipDuplicates: true });
    if (count === 0) return { kind: "refused", reason: "name_taken" };

    const data = { poolId, pool: pool.name };
    await recordAudit(tx, { shopId: pool.shopId, actor, action: "pool_created", data });
    return { kind: "created", poolId };
  });
}
