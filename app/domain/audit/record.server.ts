import type { Prisma } from "@prisma/client";
import { v7 as uuid } from "uuid";
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
  /** The browser or software that asked for it. */
  caller?: { ip: string | null; userAgent: string | null };
};

/** Writes one line of the audit; it stands when, and only when, `tx` commits. */
export async function recordAudit(tx: Tx, { data = {}, caller, ...entry }: AuditInput) {
  const { shopId, actor, action, orderId = null, grantId = null } = entry;
  await tx.$executeRaw`
    INSERT INTO "AuditEntry" ("id", "shopId", "actor", "action", "orderId", "grantId", "data", "ip", "userAgent")
    VALUES (${uuid()}::uuid, ${shopId}::uuid, ${actor}, ${action}, ${orderId}::uuid, ${grantId}::uuid,
            ${JSON.stringify(data)}::jsonb, ${caller?.ip ?? null}, ${caller?.userAgent ?? null})`;
}
