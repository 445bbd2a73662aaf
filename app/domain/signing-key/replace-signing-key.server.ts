import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { createSigningKey, forgetSigningKey, lockSigningKeys } from "./signing-keys.server";

export type ReplaceSigningKeyInput = {
  shopId: string;
  /** Whether what the old key signed stays good for its days of grace; false when the key was stolen. */
  isOldTrusted: boolean;
  actor: AuditActor;
  now: Date;
};

/** Offline licenses are signed with a new key from now on. */
export async function replaceSigningKey({ shopId, isOldTrusted, actor, now }: ReplaceSigningKeyInput): Promise<void> {
  await inTransaction(async (tx) => {
    await lockSigningKeys(tx, shopId);
    await createSigningKey(tx, shopId, isOldTrusted, now);
    await recordAudit(tx, { shopId, actor, action: "signing_key_replaced", data: { isOldTrusted } });
  });
  forgetSigningKey(shopId);
}
