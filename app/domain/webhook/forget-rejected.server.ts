import { db } from "~/db.server";

const KEPT_DAYS = 30;

/** Deletes rejected webhooks that nobody needs to look at any more. */
export async function forgetRejected(now: Date) {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await db.rejectedWebhook.deleteMany({ where: { receivedAt: { lt: before } } });
}
