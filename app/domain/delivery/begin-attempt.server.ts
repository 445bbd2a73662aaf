import type { Delivery, Order, Shop } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import { defaultSender, messageIdOf, pageUrlOf } from "~/gateways/mailer/address.server";
import type { Mail } from "~/gateways/mailer/mail";
import { readDeliveryToken } from "./delivery-token.server";
import { findMessage, type FoundMessage } from "./find-message.server";
import { senderOf } from "./sender";
import type { MailTemplateText } from "./template";

const HOUR_MS = 3_600_000;

export type Attempt = FoundMessage & {
  deliveryId: string;
  /** Attempts so far, this one included. */
  attempts: number;
  /** As the merchant edited it; null: the default. */
  template: MailTemplateText | null;
  pageUrl: string;
  envelope: Pick<Mail, "messageId" | "from" | "to" | "replyTo">;
};

/**
 * Counts an attempt to send a delivery and gathers what is to be sent.
 *
 * The page's hours count from this attempt. A delivery whose order has lost its address (it was redacted)
 * becomes `unaddressed`; one with nothing left to tell of is withdrawn, for nobody ever saw its link.
 *
 * @returns null when nothing is to be sent: it was sent already, given up, or is no more.
 */
export function beginAttempt(deliveryId: string, now: Date): Promise<Attempt | null> {
  return inTransaction(async (tx) => {
    const delivery = await countAttempt(tx, deliveryId, now);
    const token = delivery && readDeliveryToken(delivery);
    if (!delivery || !token) return null;

    const { order, shop } = delivery;
    if (!order.email || order.redactedAt) return giveUp(tx, delivery);
    const { shopId, orderId, kind, expiresAt: pageExpiresAt, attempts } = delivery;
    const found = await findMessage(tx, { shopId, orderId, kind, pageExpiresAt, isForCustomer: true, now });
    if (!found) return withdraw(tx, delivery);

    const { locale } = found.message;
    const template = await tx.mailTemplate.findUnique({ where: { shopId_kind_locale: { shopId, kind, locale } } });
    return {
      ...found,
      deliveryId,
      attempts,
      template,
      pageUrl: pageUrlOf(token),
      envelope: {
        messageId: messageIdOf(deliveryId),
        from: senderOf(shop, defaultSender),
        to: order.email,
        replyTo: shop.supportAddress,
      },
    };
  });
}

type Begun = Delivery & { order: Order; shop: Shop };

/** Takes the delivery's row until the end of the transaction; null unless it is to be sent. */
async function countAttempt(tx: Tx, deliveryId: string, now: Date): Promise<Begun | null> {
  const { count } = await tx.delivery.updateMany({
    where: { id: deliveryId, state: "queued" },
    data: { attempts: { increment: 1 } },
  });
  if (count === 0) return null;

  const { linkHours } = await tx.delivery.findUniqueOrThrow({ where: { id: deliveryId } }).shop({
    select: { linkHours: true },
  });
  return tx.delivery.update({
    where: { id: deliveryId },
    data: { expiresAt: new Date(now.getTime() + linkHours * HOUR_MS) },
    include: { order: true, shop: true },
  });
}

async function giveUp(tx: Tx, { id }: Delivery): Promise<null> {
  await tx.delivery.update({ where: { id }, data: { state: "unaddressed", tokenCiphertext: null } });
  return null;
}

/** The page of the link stays unknown to everyone, so the row may go. */
async function withdraw(tx: Tx, { id }: Delivery): Promise<null> {
  await tx.delivery.delete({ where: { id } });
  return null;
}
