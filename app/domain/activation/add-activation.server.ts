import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { activationLimitOf } from "~/domain/license/license";
import { auditOf } from "./audit-of";
import { holdLicense } from "./hold-activation.server";
import { machineText } from "./machine";

export type AddActivationInput = {
  shopId: string;
  keyId: string;
  /** 1–255 characters, as the merchant's software would send it. */
  fingerprint: string;
  name: string | null;
  actor: AuditActor;
  now: Date;
};

export type AddActivationRefusal = "unknown_license" | "already_there" | "blocked" | "limit_reached";

export type AddActivationResult = { kind: "added" } | { kind: "refused"; reason: AddActivationRefusal };

/** Gives a machine a place of a license on the merchant's word; to the customer the key does not count as seen by it. */
export function addActivation(input: AddActivationInput): Promise<AddActivationResult> {
  const { shopId, keyId, fingerprint, name, actor, now } = input;

  return inTransaction(async (tx) => {
    const license = await holdLicense(tx, shopId, keyId);
    if (!license) return { kind: "refused", reason: "unknown_license" };

    const known = await tx.activation.findUnique({ where: { keyId_fingerprint: { keyId, fingerprint } } });
    if (known) return { kind: "refused", reason: known.blockedAt ? "blocked" : "already_there" };
    const limit = activationLimitOf(license);
    if (limit !== null && license.machine.used >= limit) return { kind: "refused", reason: "limit_reached" };

    await tx.activation.create({ data: { shopId, keyId, fingerprint, name, createdAt: now, seenAt: now } });
    const audit = auditOf(license, machineText({ name, fingerprint }));
    await recordAudit(tx, { shopId, actor, action: "activation_added", ...audit });
    return { kind: "added" };
  });
}
