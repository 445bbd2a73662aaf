import { claimDigests, returnDigest } from "~/domain/delivery/claim-digests.server";
import { giveUpUnsent } from "~/domain/delivery/give-up-unsent.server";
import { digestMail } from "~/emails/digest-mail";
import { adminUrlOf, defaultSender, messageIdOf } from "~/gateways/mailer/address.server";
import { sendMail } from "~/gateways/mailer/send-mail.server";
import type { JobPayload } from "./jobs";

/** Writes to merchants whose customers could not be told or whose keys run low; what the mail server puts off goes with the next run. */
export async function runSendDigests(_payload: JobPayload<"send_digests">, now = new Date()) {
  await giveUpUnsent(now);
  for (const digest of await claimDigests(now)) {
    const { shopId, shopDomain, to, orders, hasMore, pools } = digest;
    const ordersUrl = adminUrlOf(shopDomain, "/app/messages/undelivered");
    const poolsUrl = adminUrlOf(shopDomain, "/app/pools");
    const result = await sendMail({
      messageId: messageIdOf(`digest-${shopId}-${now.getTime()}`),
      from: { name: "Featherpost", address: defaultSender },
      to,
      replyTo: null,
      ...digestMail({ orders, hasMore, pools, ordersUrl, poolsUrl }),
    });
    if (result.kind === "postponed") await returnDigest(digest, now);
  }
}
