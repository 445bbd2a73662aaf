import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf } from "./audit-of";
import { holdLicense } from "./hold-activation.server";
import { machineText } from "./machine";

export type UnblockFingerprintInput = { shopId: string; keyId: string; fingerprint: string; actor: AuditActor };

export type UnblockRefusal = "unknown_license" | "not_blocked";

export type UnblockFingerprintResult = { kind: "unblocked" } | { kind: "refused"; reason: UnblockRefusal };

/** Lets a machine that was shut out activate again, where there is a place. */
export function unblockFingerprint(input: UnblockFingerprintInput): Promise<UnblockFingerprintResult> {
  const { shopId, keyId, fingerprint, actor } = input;

  return inTransaction(async (tx) => {
    const license = await holdLicense(tx, shopId, keyId);
    if (!license) return { kind: "refused", reason: "unknown_license" };

    const blocked = await tx.activation.findFirst({ where: { keyId, fingerprint, blockedAt: { not: null } } });
    if (!blocked) return { kind: "refused", reason: "not_blocked" };

    await tx.activation.delete({ where: { id: blocked.id } });
    await recordAudit(tx, { shopId, actor, action: "activation_unblocked", ...auditOf(license, machineText(blocked)) });
    return { kind: "unblocked" };
  });
}
