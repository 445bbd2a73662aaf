import { v7 as uuid } from "uuid";
import { inTransaction } from "~/db.server";
import { actorId, type AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import type { TokenScope } from "./scopes";
import { newToken } from "./token-text.server";

export type CreateTokenInput = { shopId: string; name: string; scopes: TokenScope[]; actor: AuditActor };

/**
 * Makes a token for the merchant's own software.
 *
 * @returns its text, for this once: only a hash of it is stored.
 */
export function createToken({ shopId, name, scopes, actor }: CreateTokenInput): Promise<{ id: string; text: string }> {
  const { text, ...stored } = newToken();
  const id = uuid();

  return inTransaction(async (tx) => {
    await tx.apiToken.create({ data: { id, shopId, name, scopes, ...stored, actor: actorId(actor) } });
    await recordAudit(tx, { shopId, actor, action: "token_created", data: { token: name, scopes } });
    return { id, text };
  });
}
