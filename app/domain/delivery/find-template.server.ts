import type { DeliveryKind } from "@prisma/client";
import { db } from "~/db.server";
import type { MailLocale } from "./locales";
import type { MailTemplateText } from "./template";

/** A message as the merchant edited it; null while the default stands. */
export function findTemplate(shopId: string, kind: DeliveryKind, locale: MailLocale): Promise<MailTemplateText | null> {
  return db.mailTemplate.findUnique({
    where: { shopId_kind_locale: { shopId, kind, locale } },
    select: { subject: true, body: true },
  });
}

/** Which messages the merchant edited. */
export function listEdited(shopId: string): Promise<{ kind: DeliveryKind; locale: string; updatedAt: Date }[]> {
  return db.mailTemplate.findMany({ where: { shopId }, select: { kind: true, locale: true, updatedAt: true } });
}
