import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { isPaid } from "~/domain/order/order-facts";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { auditOf, holdGrant, type HeldGrant } from "./hold-grant.server";
import { keyCount } from "./grants-wanted";

export type RestoreGrantInput = { shopId: string; grantId: string; actor: AuditActor };

export type RestoreRefusal = "unknown_grant" | "not_revoked" | "order_does_not_cover";

export type RestoreGrantResult =
  /** `waiting`: it has no key, and its pool is empty. */
  { kind: "restored"; state: "active" | "waiting" } | { kind: "refused"; reason: RestoreRefusal };

/**
 * Gives a revoked grant back, with the key it had; one whose key went back to its pool claims another.
 *
 * @returns `order_does_not_cover` when the order is not paid, is cancelled, or its line pays for no more
 *   than the customer holds already.
 */
export function restoreGrant({ shopId, grantId, actor }: RestoreGrantInput): Promise<RestoreGrantResult> {
  return inTransaction(async (tx) => {
    const grant = await holdGrant(tx, shopId, grantId);
    if (!grant) return { kind: "refused", reason: "unknown_grant" };
    if (grant.state !== "revoked") return { kind: "refused", reason: "not_revoked" };
    if (!(await isCovered(tx, grant))) return { kind: "refused", reason: "order_does_not_cover" };

    const state = await stateWhenRestored(tx, grant);
    await tx.grant.update({ where: { id: grantId }, data: { state, revokedBy: null, revokedAt: null } });
    await tx.poolKey.updateMany({ where: { shopId, grantId, state: "revoked" }, data: { state: "granted" } });
    await recordAudit(tx, { shopId, actor, action: "restored", ...auditOf(grant) });
    return { kind: "restored", state };
  });
}

async function isCovered(tx: Tx, grant: HeldGrant): Promise<boolean> {
  if (!isPaid(grant.order)) return false;

  const { lineId, attachmentId, shopId, line, attachment } = grant;
  const live = await tx.grant.count({ where: { shopId, lineId, attachmentId, state: { not: "revoked" } } });
  const units = line.currentQuantity;
  const keyFor = grant.keyFor ?? "unit";
  const paidFor = grant.poolId ? keyCount(units, attachment.keysPerUnit, { keyFor }) : Math.min(1, units);
  return live < paidFor;
}

async function stateWhenRestored(tx: Tx, { id, shopId, poolId, poolKey }: HeldGrant): Promise<"active" | "waiting"> {
  if (!poolId || poolKey) return "active";
  const served = await claimKeys(tx, { shopId, poolId, grantIds: [id] });
  return served.length === 1 ? "active" : "waiting";
}
