import { v7 as uuid } from "uuid";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { refusalOf, type LicenseReason, type MachineReason } from "~/domain/license/license";
import { lockLicense, readLicense, type License, type LicenseChoice } from "~/domain/license/read-license.server";
import { auditOf } from "./audit-of";
import { markSeen } from "./mark-seen.server";

export type ActivateInput = {
  shopId: string;
  license: LicenseChoice;
  /** 1–255 characters chosen by the merchant's software; compared exactly. */
  fingerprint: string;
  /** What the machine is called; a name that it has already stays. */
  name: string | null;
  /** Id or SKU of what the software is; null: it does not say. */
  product: string | null;
  actor: AuditActor;
  now: Date;
};

export type ActivationRefusal = "unknown_key" | LicenseReason | Exclude<MachineReason, "not_activated">;

export type ActivateResult =
  { kind: "activated"; license: License } | { kind: "refused"; reason: ActivationRefusal; license: License | null };

/**
 * Ties a license to one machine.
 *
 * A machine that is tied to it keeps its activation, so a reinstall costs nothing. Activations of one license
 * queue behind each other and behind what takes it away: the limit holds however many arrive at once, and none
 * is given once a revocation was answered. That a key was activated proves that its customer has seen it.
 *
 * @returns `refused` for everything a customer can cause; nothing was written then.
 */
export function activate(input: ActivateInput): Promise<ActivateResult> {
  const { shopId, fingerprint, name, product, now } = input;

  return inTransaction(async (tx) => {
    const keyId = await lockLicense(tx, shopId, input.license);
    const license = keyId && (await readLicense(tx, shopId, { keyId }, fingerprint));
    if (!license) return { kind: "refused", reason: "unknown_key", license: null };

    const reason = refusalOf(license, { product, machine: license.machine, now });
    if (reason && reason !== "not_activated") return { kind: "refused", reason, license };
    if (license.activation) {
      await markSeen(license.activation, now, tx);
      await nameNameless(tx, license.activation, name);
      return { kind: "activated", license };
    }
    return { kind: "activated", license: await tie(tx, license, input) };
  });
}

/** The merchant may have added it by its fingerprint alone, or its software has only now learned to say what it is. */
async function nameNameless(tx: Tx, activation: { id: string; name: string | null }, name: string | null) {
  if (activation.name !== null || name === null) return;
  await tx.$executeRaw`UPDATE "Activation" SET "name" = ${name} WHERE "id" = ${activation.id}::uuid`;
}

async function tie(tx: Tx, license: License, { shopId, fingerprint, name, actor, now }: ActivateInput) {
  const id = uuid();
  await tx.$executeRaw`
    INSERT INTO "Activation" ("id", "shopId", "keyId", "fingerprint", "name", "ip", "createdAt", "seenAt")
    VALUES (${id}::uuid, ${shopId}::uuid, ${license.keyId}::uuid, ${fingerprint}, ${name}, ${ipOf(actor)}, ${now}, ${now})`;
  if (license.grantId) {
    await tx.$executeRaw`UPDATE "Grant" SET "shownAt" = ${now} WHERE "id" = ${license.grantId}::uuid AND "shownAt" IS NULL`;
  }
  await recordAudit(tx, {
    shopId,
    actor,
    action: "license_activated",
    ...auditOf(license, name),
  });
  const machine = { used: license.machine.used + 1, state: "activated" } as const;
  return { ...license, machine, activation: { id, name, seenAt: now } };
}

function ipOf(actor: AuditActor): string | null {
  return typeof actor === "string" ? null : actor.ip;
}
