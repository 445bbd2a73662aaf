import { beginAttempt, type Attempt } from "~/domain/delivery/begin-attempt.server";
import { endAttempt } from "~/domain/delivery/end-attempt.server";
import { composeMail, type ComposedMail } from "~/emails/compose-mail";
import { sendMail } from "~/gateways/mailer/send-mail.server";
import type { JobPayload } from "./jobs";

/**
 * Tells a customer. Cut off between the mail server's yes and our mark, it tells again under the same
 * Message-ID: at least once, marked once.
 *
 * When the mail server puts it off, it enqueues itself again (see `retryAfterMs`): the job itself succeeds,
 * so that the queue's own count of attempts is kept for what breaks in here.
 */
export async function runSendDelivery({ deliveryId }: JobPayload<"send_delivery">, now = new Date()) {
  const attempt = await beginAttempt(deliveryId, now);
  if (!attempt) return;

  const result = await sendMail({ ...attempt.envelope, ...mailOf(attempt) });
  await endAttempt(attempt, result, now);
}

/** A template that fails on this very order is no reason not to tell: the default is sent instead. */
function mailOf({ message, template, pageUrl }: Attempt): ComposedMail {
  for (const tried of [template, null]) {
    const result = composeMail(message, tried, pageUrl);
    if (result.kind === "composed") return result.mail;
  }
  throw new Error(`The default template ${message.kind} in ${message.locale} is broken`);
}
