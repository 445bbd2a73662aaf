import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf, holdGrant } from "./hold-grant.server";

export type ResetGrantInput = { shopId: string; grantId: string; actor: AuditActor };

export type ResetRefusal = "unknown_grant" | "nothing_counted";

export type ResetGrantResult = { kind: "reset" } | { kind: "refused"; reason: ResetRefusal };

/** Sets a grant's count of downloads back to 0; the downloads stay in its history. */
export function resetGrant({ shopId, grantId, actor }: ResetGrantInput): Promise<ResetGrantResult> {
  return inTransaction(async (tx) => {
    const grant = await holdGrant(tx, shopId, grantId);
    if (!grant) return { kind: "refused", reason: "unknown_grant" };

    const { count } = await tx.grant.updateMany({
      where: { id: grantId, shopId, used: { gt: 0 } },
      data: { used: 0 },
    });
    if (count === 0) return { kind: "refused", reason: "nothing_counted" };

    await recordAudit(tx, { shopId, actor, action: "reset", ...auditOf(grant) });
    return { kind: "reset" };
  });
}
