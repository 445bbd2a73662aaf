import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { lockPoolsToReturn, takeBackKeys } from "~/domain/pool/take-back-keys.server";
import { auditOf, holdGrant } from "./hold-grant.server";

export type RevokeGrantInput = { shopId: string; grantId: string; actor: AuditActor; now: Date };

export type RevokeRefusal = "unknown_grant" | "already_revoked";

export type RevokeGrantResult = { kind: "revoked" } | { kind: "refused"; reason: RevokeRefusal };

/**
 * Takes one grant away on a person's word: no later word from Shopify gives it back.
 *
 * Its key is revoked with it and stays with it, so that nobody else gets it, unless the customer never saw it and the
 * shop has such keys go back to their pool (see `takeBackKeys`).
 */
export function revokeGrant({ shopId, grantId, actor, now }: RevokeGrantInput): Promise<RevokeGrantResult> {
  return inTransaction(async (tx) => {
    const grant = await holdGrant(tx, shopId, grantId);
    if (!grant) return { kind: "refused", reason: "unknown_grant" };

    const rule = await lockPoolsToReturn(tx, shopId, [grantId]);
    const { count } = await tx.grant.updateMany({
      where: { id: grantId, shopId, state: { not: "revoked" } },
      data: { state: "revoked", revokedBy: "person", revokedAt: now },
    });
    if (count === 0) return { kind: "refused", reason: "already_revoked" };

    await takeBackKeys(tx, { shopId, grantIds: [grantId], now }, rule);
    await recordAudit(tx, { shopId, actor, action: "revoked", ...auditOf(grant) });
    return { kind: "revoked" };
  });
}
