import { v7 as uuid } from "uuid";
import { db } from "~/db.server";
import { defaultSender, messageIdOf } from "~/gateways/mailer/address.server";
import type { Mail } from "~/gateways/mailer/mail";
import { sendMail, type SendMailResult } from "~/gateways/mailer/send-mail.server";
import { senderOf } from "./sender";

export type SendTestInput = { shopId: string; to: string; mail: Pick<Mail, "subject" | "html" | "text"> };

/** Sends the merchant a message to look at, from the shop's own sender. It is no delivery, and tries once. */
export async function sendTest({ shopId, to, mail }: SendTestInput): Promise<SendMailResult> {
  const shop = await db.shop.findUniqueOrThrow({ where: { id: shopId } });
  const messageId = messageIdOf(`test-${uuid()}`);
  const from = senderOf(shop, defaultSender);

  return sendMail({ messageId, from, to, replyTo: shop.supportAddress, ...mail });
}
