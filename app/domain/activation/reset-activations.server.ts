import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf } from "./audit-of";
import { holdLicense } from "./hold-activation.server";

export type ResetActivationsInput = { shopId: string; keyId: string; actor: AuditActor };

export type ResetActivationsRefusal = "unknown_license" | "no_machines";

export type ResetActivationsResult =
  { kind: "reset"; removed: number } | { kind: "refused"; reason: ResetActivationsRefusal };

/** Frees every place of a license, the suspended ones too; what is blocked stays blocked. */
export function resetActivations({ shopId, keyId, actor }: ResetActivationsInput): Promise<ResetActivationsResult> {
  return inTransaction(async (tx) => {
    const license = await holdLicense(tx, shopId, keyId);
    if (!license) return { kind: "refused", reason: "unknown_license" };

    const { count } = await tx.activation.deleteMany({ where: { keyId, blockedAt: null } });
    if (count === 0) return { kind: "refused", reason: "no_machines" };

    const audit = auditOf(license);
    await recordAudit(tx, { shopId, actor, action: "activations_reset", ...audit, data: { ...audit.data, count } });
    return { kind: "reset", removed: count };
  });
}
