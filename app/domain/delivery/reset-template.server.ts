import type { DeliveryKind } from "@prisma/client";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import type { MailLocale } from "./locales";

export type ResetTemplateInput = { shopId: string; kind: DeliveryKind; locale: MailLocale; actor: AuditActor };

/** Forgets what the merchant made of a message: the default stands again. */
export function resetTemplate({ shopId, kind, locale, actor }: ResetTemplateInput): Promise<void> {
  return inTransaction(async (tx) => {
    const { count } = await tx.mailTemplate.deleteMany({ where: { shopId, kind, locale } });
    if (count > 0) await recordAudit(tx, { shopId, actor, action: "template_reset", data: { kind, locale } });
  });
}
