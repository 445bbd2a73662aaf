import { validate as isUuid } from "uuid";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { lockLicense, readLicense } from "./read-license.server";

export type ChangeLicenseInput = {
  shopId: string;
  keyId: string;
  /** Machines at a time. null: as its pool says; 0: unlimited. Machines beyond a lower limit keep their places. */
  activationLimit: number | null;
  /** null: as its grant says. */
  expiresAt: Date | null;
  note: string | null;
  actor: AuditActor;
};

export type ChangeLicenseResult = { kind: "changed" } | { kind: "refused"; reason: "unknown_license" };

/** Changes what a license says of itself, apart from its pool. */
export function changeLicense(input: ChangeLicenseInput): Promise<ChangeLicenseResult> {
  const { shopId, keyId, activationLimit, expiresAt, note, actor } = input;

  return inTransaction(async (tx) => {
    const locked = isUuid(keyId) && (await lockLicense(tx, shopId, { keyId }));
    const license = locked && (await readLicense(tx, shopId, { keyId }, null));
    if (!license) return { kind: "refused", reason: "unknown_license" };

    await tx.poolKey.update({ where: { id: keyId }, data: { activationLimit, expiresAt, note } });
    const { orderId, grantId, orderName: order, title, keyEnd } = license;
    const data = { keyId, order, title, keyEnd };
    await recordAudit(tx, { shopId, actor, action: "license_changed", orderId, grantId, data });
    return { kind: "changed" };
  });
}
