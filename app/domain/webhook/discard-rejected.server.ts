import { validate as isUuid } from "uuid";
import { db } from "~/db.server";

/** Deletes a rejected webhook that a person has looked at; one of another shop stays. */
export async function discardRejected(shopDomain: string, rejectedWebhookId: string) {
  if (!isUuid(rejectedWebhookId)) return;

  await db.rejectedWebhook.deleteMany({ where: { id: rejectedWebhookId, shopDomain } });
}
