import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { lockLicense, readLicense, type License, type LicenseChoice } from "~/domain/license/read-license.server";
import { auditOf } from "./audit-of";

export type DeactivateInput = {
  shopId: string;
  license: LicenseChoice;
  fingerprint: string;
  actor: AuditActor;
};

export type DeactivationRefusal =
  | "unknown_key"
  /** The machine has no place to free. */
  | "not_activated"
  /** The merchant shut the machine out: that stays. */
  | "suspended"
  | "blocked";

export type DeactivateResult =
  { kind: "deactivated"; license: License } | { kind: "refused"; reason: DeactivationRefusal; license: License | null };

/** Frees the place of one machine, whatever became of its license. */
export function deactivate({ shopId, fingerprint, actor, ...input }: DeactivateInput): Promise<DeactivateResult> {
  return inTransaction(async (tx) => {
    const keyId = await lockLicense(tx, shopId, input.license);
    const license = keyId && (await readLicense(tx, shopId, { keyId }, fingerprint));
    if (!license) return { kind: "refused", reason: "unknown_key", license: null };

    const { activation, machine } = license;
    if (machine.state === "suspended" || machine.state === "blocked") {
      return { kind: "refused", reason: machine.state, license };
    }
    if (!activation) return { kind: "refused", reason: "not_activated", license };

    await tx.$executeRaw`DELETE FROM "Activation" WHERE "id" = ${activation.id}::uuid`;
    await recordAudit(tx, {
      shopId,
      actor,
      action: "license_deactivated",
      ...auditOf(license, activation.name),
    });
    return {
      kind: "deactivated",
      license: { ...license, machine: { used: machine.used - 1, state: "unknown" }, activation: null },
    };
  });
}
