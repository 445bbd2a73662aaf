import type { AuditEntry } from "@prisma/client";
import { db } from "~/db.server";

const SHOWN = 50;

export type LicenseHistoryEntry = Pick<
  AuditEntry,
  "id" | "at" | "actor" | "actorName" | "action" | "data" | "ip" | "userAgent"
>;

/** What happened to a license, newest first: by its grant, or by its key where it has no order. */
export async function listLicenseHistory(
  shopId: string,
  license: { id: string; grantId: string | null; order: { id: string } | null },
): Promise<LicenseHistoryEntry[]> {
  if (license.grantId && license.order) {
    return db.auditEntry.findMany({
      where: { shopId, orderId: license.order.id, grantId: license.grantId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: SHOWN,
    });
  }
  return db.$queryRaw<LicenseHistoryEntry[]>`
    SELECT "id", "at", "actor", "actorName", "action", "data", "ip", "userAgent" FROM "AuditEntry"
    WHERE "data" ? 'keyId' AND "data"->>'keyId' = ${license.id} AND "shopId" = ${shopId}::uuid
    ORDER BY "at" DESC, "id" DESC LIMIT ${SHOWN}`;
}
