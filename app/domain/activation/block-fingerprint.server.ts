import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf } from "./audit-of";
import { holdLicense } from "./hold-activation.server";
import { machineText } from "./machine";

export type BlockFingerprintInput = {
  shopId: string;
  keyId: string;
  /** Of a machine that has a place, or of one that shall never get one. */
  fingerprint: string;
  actor: AuditActor;
  now: Date;
};

export type BlockRefusal = "unknown_license" | "already_blocked";

export type BlockFingerprintResult = { kind: "blocked" } | { kind: "refused"; reason: BlockRefusal };

/** Shuts a machine out of a license: its place is free for another, and it gets none again. */
export function blockFingerprint(input: BlockFingerprintInput): Promise<BlockFingerprintResult> {
  const { shopId, keyId, fingerprint, actor, now } = input;

  return inTransaction(async (tx) => {
    const license = await holdLicense(tx, shopId, keyId);
    if (!license) return { kind: "refused", reason: "unknown_license" };

    const known = await tx.activation.findUnique({ where: { keyId_fingerprint: { keyId, fingerprint } } });
    if (known?.blockedAt) return { kind: "refused", reason: "already_blocked" };

    await tx.activation.upsert({
      where: { keyId_fingerprint: { keyId, fingerprint } },
      create: { shopId, keyId, fingerprint, createdAt: now, seenAt: now, blockedAt: now },
      update: { blockedAt: now, suspendedAt: null },
    });
    const audit = auditOf(license, machineText({ name: known?.name ?? null, fingerprint }));
    await recordAudit(tx, { shopId, actor, action: "activation_blocked", ...audit });
    return { kind: "blocked" };
  });
}
