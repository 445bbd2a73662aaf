import type { Prisma } from "@prisma/client";
import type { Tx } from "~/db.server";
import type { AuditAction, AuditActor } from "./actions";

export type AuditInput = {
  shopId: string;
  actor: AuditActor;
  action: AuditAction;
  orderId?: string | null;
  grantId?: string | null;
  /** What a sentence needs: names and counts. Never a key, a token or an address. */
  data?: Prisma.InputJsonObject;
};

/** Writes one line of the audit; it stands when, and only when, `tx` commits. */
export async function recordAudit(tx: Tx, { data = {}, ...entry }: AuditInput) {
  await tx.auditEntry.create({ data: { ...entry, data } });
}
