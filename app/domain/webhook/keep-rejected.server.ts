import { db } from "~/db.server";

export type RejectedInput = { shopDomain: string; topic: string; webhookId: string; reason: string; body: string };

/** Keeps a webhook that could not be understood, for a person to look at; the same delivery is kept once. */
export async function keepRejected(input: RejectedInput) {
  const withoutNulls = { ...input, body: input.body.replaceAll("\0", "\uFFFD") }; // text columns hold no NUL
  await db.rejectedWebhook.createMany({ data: [withoutNulls], skipDuplicates: true });
}
