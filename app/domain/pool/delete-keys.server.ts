import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { changeMany } from "./change-many.server";
import { chosenKeys, unsold, type KeyChoice } from "./key-choice";

export type DeleteKeysInput = { shopId: string; poolId: string; choice: KeyChoice; actor: AuditActor };

/** Deletes those of the keys that nobody was given. One that an order claims at this moment goes to the order. */
export function deleteKeys({ shopId, poolId, choice, actor }: DeleteKeysInput): Promise<{ count: number }> {
  return changeMany(async (tx) => {
    const { count } = await tx.poolKey.deleteMany({ where: { ...chosenKeys(shopId, poolId, choice), ...unsold } });
    if (count > 0) await recordAudit(tx, { shopId, actor, action: "keys_deleted", data: { poolId, count } });
    return { count };
  });
}
