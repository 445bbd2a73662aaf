import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { changeMany } from "./change-many.server";
import { chosenKeys, unsold, type KeyChoice } from "./key-choice";
import { lockPool } from "./lock-pool.server";
import { serveWaiting } from "./serve-waiting.server";

export type EnableKeysInput = { shopId: string; poolId: string; choice: KeyChoice; actor: AuditActor; now: Date };

/** Puts disabled keys back on sale, and makes those that customers have good again. Who waits for a key gets one. */
export function enableKeys(input: EnableKeysInput): Promise<{ count: number; served: number }> {
  const { shopId, poolId, choice, actor, now } = input;

  return changeMany(async (tx) => {
    if (!(await lockPool(tx, shopId, poolId))) return { count: 0, served: 0 };

    const disabled = { ...chosenKeys(shopId, poolId, choice), state: "disabled" as const };
    const onSale = await tx.poolKey.updateMany({ where: { ...unsold, ...disabled }, data: { state: "available" } });
    const served = onSale.count > 0 ? await serveWaiting(tx, { shopId, poolId, now }) : [];
    // Last: keys that grants hold are locked after waiting grants (see `claimKeys`).
    const sold = await tx.poolKey.updateMany({ where: disabled, data: { state: "granted" } });

    const count = onSale.count + sold.count;
    if (count > 0) await recordAudit(tx, { shopId, actor, action: "keys_enabled", data: { poolId, count } });
    return { count, served: served.length };
  });
}
