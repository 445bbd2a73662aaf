import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";

export type RevokeTokenInput = { shopId: string; tokenId: string; actor: AuditActor; now: Date };

export type RevokeTokenResult = { kind: "revoked" } | { kind: "refused"; reason: "unknown_token" };

/**
 * Ends a token for good; calls under way may still end.
 *
 * @returns `unknown_token` when the shop has no such token, or it is revoked already.
 */
export function revokeToken({ shopId, tokenId, actor, now }: RevokeTokenInput): Promise<RevokeTokenResult> {
  return inTransaction(async (tx) => {
    const where = { id: tokenId, shopId, revokedAt: null };
    const [token] = await tx.apiToken.updateManyAndReturn({ where, data: { revokedAt: now } });
    if (!token) return { kind: "refused", reason: "unknown_token" };

    await recordAudit(tx, { shopId, actor, action: "token_revoked", data: { token: token.name } });
    return { kind: "revoked" };
  });
}
