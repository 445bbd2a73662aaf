import type { DeliveryKind } from "@prisma/client";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import type { MailLocale } from "./locales";
import { checkTemplate, type MailTemplateText, type TemplateMistake } from "./template";

export type SaveTemplateInput = {
  shopId: string;
  kind: DeliveryKind;
  locale: MailLocale;
  template: MailTemplateText;
  actor: AuditActor;
};

export type SaveTemplateResult = { kind: "saved" } | { kind: "refused"; mistake: TemplateMistake };

/** Saves a message as the merchant edited it, unless it is broken: then nothing changes. */
export async function saveTemplate({
  shopId,
  kind,
  locale,
  template,
  actor,
}: SaveTemplateInput): Promise<SaveTemplateResult> {
  const mistake = checkTemplate(template);
  if (mistake) return { kind: "refused", mistake };

  const { subject, body } = template;
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "MailTemplate" ("id", "shopId", "kind", "locale", "subject", "body", "updatedAt")
      VALUES (gen_random_uuid(), ${shopId}::uuid, ${kind}::"DeliveryKind", ${locale}, ${subject}, ${body}, now())
      ON CONFLICT ("shopId", "kind", "locale") DO UPDATE
      SET "subject" = EXCLUDED."subject", "body" = EXCLUDED."body", "updatedAt" = now()`;
    await recordAudit(tx, { shopId, actor, action: "template_saved", data: { kind, locale } });
  });
  return { kind: "saved" };
}
