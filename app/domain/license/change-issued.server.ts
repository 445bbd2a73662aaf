import { db, inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";

export type ChangeLicenseInput = { shopId: string; licenseId: string; actor: AuditActor; now: Date };

/** The grant of a license, where an order gave it. @returns null when the shop has no such license */
export function findLicenseGrant(shopId: string, licenseId: string): Promise<{ grantId: string | null } | null> {
  const isLicense = { OR: [{ grantId: { not: null } }, { issuedAt: { not: null } }] };
  return db.poolKey.findFirst({ where: { id: licenseId, shopId, ...isLicense }, select: { grantId: true } });
}

/** Takes an issued license away, or gives it back; one that is so already stays as it is. */
export function changeIssued(
  { shopId, licenseId, actor }: Omit<ChangeLicenseInput, "now">,
  to: "granted" | "revoked",
): Promise<void> {
  const from = to === "revoked" ? ["granted" as const, "disabled" as const] : ["revoked" as const];
  return inTransaction(async (tx) => {
    const where = { id: licenseId, shopId, state: { in: from }, issuedAt: { not: null } };
    const { count } = await tx.poolKey.updateMany({ where, data: { state: to } });
    if (count === 0) return;

    const changed = await tx.poolKey.findUniqueOrThrow({ where: { id: licenseId }, include: { pool: true } });
    const { reference, pool } = changed;
    const data = { poolId: pool.id, pool: pool.name, reference };
    await recordAudit(tx, { shopId, actor, action: to === "revoked" ? "license_revoked" : "license_restored", data });
  });
}
