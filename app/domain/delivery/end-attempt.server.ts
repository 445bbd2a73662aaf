import type { Delivery } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import type { SendMailResult } from "~/gateways/mailer/send-mail.server";
import { enqueue } from "~/jobs/enqueue.server";
import type { Attempt } from "./begin-attempt.server";
import { failDelivery } from "./fail-delivery.server";
import { retryAfterMs } from "./retry-after";

/**
 * Writes down what came of an attempt: sent, given up, or to be tried again later.
 *
 * A delivery is marked once, whoever comes first: a bounce report may have overtaken us.
 */
export function endAttempt(attempt: Attempt, result: SendMailResult, now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    const delivery = await tx.delivery.findUnique({ where: { id: attempt.deliveryId } });
    if (!delivery) return;

    if (result.kind === "sent") return markSent(tx, delivery, attempt, now);
    const waitMs = result.kind === "postponed" ? retryAfterMs(attempt.attempts) : null;
    if (waitMs === null) await failDelivery(tx, delivery, ["queued"], result.problem);
    else await postpone(tx, delivery, result.problem, new Date(now.getTime() + waitMs));
  });
}

async function markSent(tx: Tx, { id, shopId, orderId, kind }: Delivery, attempt: Attempt, now: Date) {
  const { shownGrantIds, envelope } = attempt;
  const { count } = await tx.delivery.updateMany({
    where: { id, state: "queued" },
    data: { state: "sent", sentAt: now, address: envelope.to, tokenCiphertext: null, problem: null },
  });
  if (count === 0) return;

  await tx.grant.updateMany({ where: { shopId, id: { in: shownGrantIds }, shownAt: null }, data: { shownAt: now } });
  await recordAudit(tx, { shopId, actor: "worker", action: "delivered", orderId, data: { deliveryId: id, kind } });
}

async function postpone(tx: Tx, { id }: Delivery, problem: string, runAt: Date) {
  const { count } = await tx.delivery.updateMany({ where: { id, state: "queued" }, data: { problem } });
  if (count > 0) await enqueue(tx, "send_delivery", { deliveryId: id }, `send_delivery:${id}`, runAt);
}
