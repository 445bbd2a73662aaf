import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { changeMany } from "./change-many.server";
import { chosenKeys, type KeyChoice } from "./key-choice";
import { lockPool } from "./lock-pool.server";

export type ChangeKeysInput = {
  shopId: string;
  poolId: string;
  choice: KeyChoice;
  /** What is not said stays as it is. */
  changes: {
    /** null: the pool's. 0: unlimited. */
    activationLimit?: number | null;
    /** null: as its grant says. */
    expiresAt?: Date | null;
    note?: string | null;
  };
  actor: AuditActor;
};

/** Changes what single keys say of themselves, sold ones too. */
export function changeKeys({ shopId, poolId, choice, changes, actor }: ChangeKeysInput): Promise<{ count: number }> {
  return changeMany(async (tx) => {
    await lockPool(tx, shopId, poolId); // an order passes over the keys that are held here: it waits for them
    const { count } = await tx.poolKey.updateMany({ where: chosenKeys(shopId, poolId, choice), data: changes });
    if (count > 0) await recordAudit(tx, { shopId, actor, action: "keys_changed", data: { poolId, count } });
    return { count };
  });
}
