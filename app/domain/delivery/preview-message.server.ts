import type { DeliveryKind } from "@prisma/client";
import { db } from "~/db.server";
import { pageUrlOf } from "~/gateways/mailer/address.server";
import { findMessage } from "./find-message.server";
import type { MailLocale } from "./locales";
import type { Message, MessageShop } from "./message";
import { sampleItems } from "./sample-items";
import { shopNameOf } from "./sender";

const HOUR_MS = 3_600_000;
const RECENT = 20;

export type PreviewMessageInput = {
  shopId: string;
  kind: DeliveryKind;
  locale: MailLocale;
  /** null: an order made up for the purpose, with something of everything. */
  orderId: string | null;
  now: Date;
};

/** A message as it would be, in the language being edited. Its link leads nowhere, and its keys are not real ones. */
export async function previewMessage(input: PreviewMessageInput): Promise<{ message: Message; pageUrl: string }> {
  const { shopId, kind, locale, orderId, now } = input;
  const row = await db.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { supportAddress, logoUrl, brandColor, revealToClaim } = row;
  const keysInMail = row.keysInMail && !revealToClaim;
  const shop: MessageShop = { name: shopNameOf(row), supportAddress, logoUrl, brandColor, keysInMail, revealToClaim };
  const pageExpiresAt = new Date(now.getTime() + row.linkHours * HOUR_MS);

  const about = orderId && { shopId, orderId, kind, pageExpiresAt, isForCustomer: false, now };
  const found = about ? await findMessage(db, about) : null;
  const message: Message = found
    ? { ...withoutKeys(found.message), locale }
    : {
        kind,
        locale,
        orderName: "#1001",
        shop,
        pageExpiresAt,
        items: sampleItems(kind, keysInMail, now),
        moreItems: 0,
      };
  return { message, pageUrl: pageUrlOf("preview") };
}

/** Looking at a preview is not looking at a customer's key. */
function withoutKeys(message: Message): Message {
  const items = message.items.map((item) => {
    return item.kind === "keys" ? { ...item, keys: item.keys.map((_, index) => `KEY-${index + 1}-XXXX-XXXX`) } : item;
  });
  return { ...message, items };
}

/** The latest orders that gave something, to look at a message on. */
export function listPreviewOrders(shopId: string): Promise<{ id: string; name: string }[]> {
  return db.order.findMany({
    where: { shopId, grants: { some: { state: { not: "revoked" } } } },
    orderBy: [{ processedAt: "desc" }, { id: "desc" }],
    take: RECENT,
    select: { id: true, name: true },
  });
}
