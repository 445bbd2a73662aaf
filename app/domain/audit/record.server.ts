import { Prisma } from "@prisma/client";
import { v7 as uuid, validate as isUuid } from "uuid";
import { queryPrepared, type Tx } from "~/db.server";
import { actorId, type AuditAction, type AuditActor } from "./actions";

export type AuditInput = {
  shopId: string;
  actor: AuditActor;
  action: AuditAction;
  orderId?: string | null;
  grantId?: string | null;
  /** What a sentence needs: names and counts. Never a key, a token or an address. */
  data?: Prisma.InputJsonObject;
};

/** Writes one line of the audit, with the actor's name as it is known now; it stands when, and only when, `tx` commits. */
export async function recordAudit(tx: Tx, { shopId, actor, action, orderId, grantId, data = {} }: AuditInput) {
  const { ip, userAgent } = typeof actor === "string" ? { ip: null, userAgent: null } : actor;
  const [kind, id = ""] = actorId(actor).split(":");
  const sql = Prisma.sql`
    INSERT INTO "AuditEntry" ("id", "shopId", "actor", "actorName", "action", "orderId", "grantId", "ip", "userAgent", "data")
    VALUES (${uuid()}::uuid, ${shopId}::uuid, ${actorId(actor)}, ${nameOf(shopId, kind, id)}, ${action},
            ${orderId ?? null}::uuid, ${grantId ?? null}::uuid, ${ip}, ${userAgent}, ${JSON.stringify(data)}::jsonb)`;
  await queryPrepared(tx, `record audit of ${nameKind(kind, id)}`, sql);
}

/** Whose name can be looked up: a person's as their online session has it, a token's as the merchant named it. */
function nameKind(kind: string | undefined, id: string): "token" | "person" | "nobody" {
  if (kind === "token" && isUuid(id)) return "token";
  return kind === "person" && /^\d{1,18}$/.test(id) ? "person" : "nobody";
}

function nameOf(shopId: string, kind: string | undefined, id: string): Prisma.Sql {
  switch (nameKind(kind, id)) {
    case "token":
      return Prisma.sql`(SELECT "name" FROM "ApiToken" WHERE "shopId" = ${shopId}::uuid AND "id" = ${id}::uuid)`;
    case "person":
      return Prisma.sql`(
        SELECT NULLIF(concat_ws(' ', session."firstName", session."lastName"), '')
        FROM "Session" session JOIN "Shop" shop ON shop."domain" = session."shop"
        WHERE shop."id" = ${shopId}::uuid AND session."isOnline" AND session."userId" = ${id}::bigint
        LIMIT 1)`;
    case "nobody":
      return Prisma.sql`NULL`;
  }
}
