import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { decryptKey } from "./key-text.server";
import { readLicense } from "./read-license.server";

export type RevealLicenseInput = { shopId: string; keyId: string; actor: AuditActor };

export type RevealLicenseResult = { kind: "revealed"; key: string } | { kind: "refused"; reason: "unknown_license" };

/**
 * The text of a license, for the merchant's eyes. That it was looked at is recorded; to the customer it does not
 * count as seen.
 */
export function revealLicense({ shopId, keyId, actor }: RevealLicenseInput): Promise<RevealLicenseResult> {
  return inTransaction(async (tx) => {
    const license = await readLicense(tx, shopId, { keyId }, null);
    const key = license && (await tx.poolKey.findUnique({ where: { id: keyId }, select: { ciphertext: true } }));
    if (!license || !key) return { kind: "refused", reason: "unknown_license" };

    const { orderId, grantId, orderName: order, title, keyEnd } = license;
    const data = { keyId, order, title, keyEnd };
    await recordAudit(tx, { shopId, actor, action: "key_revealed", orderId, grantId, data });
    return { kind: "revealed", key: decryptKey(shopId, key.ciphertext) };
  });
}
