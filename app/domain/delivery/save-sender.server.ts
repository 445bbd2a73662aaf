import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import type { SenderSettings } from "./sender-settings";

export type SaveSenderInput = { shopId: string; settings: SenderSettings; actor: AuditActor };

/** Counts for every message from now on, those that wait to be sent too. */
export function saveSender({ shopId, settings, actor }: SaveSenderInput): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.shop.update({ where: { id: shopId }, data: settings });
    await recordAudit(tx, { shopId, actor, action: "sender_saved" });
  });
}
