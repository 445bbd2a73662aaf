import { inTransaction } from "~/db.server";
import { problemText } from "~/gateways/mailer/problem-text";
import { failDelivery } from "./fail-delivery.server";

export type ReportBounceInput = {
  /** The delivery's id, or the Message-ID of its mail, with or without angle brackets. */
  message: string;
  /** `hard`: the address does not take mail. `soft`: it may later, and the mail server still tries. */
  bounce: "hard" | "soft";
  reason: string;
};

export type ReportBounceResult = { kind: "noted" } | { kind: "refused"; reason: "unknown_delivery" };

/** Takes in what a mail server says of a message it had taken. The same report twice changes nothing more. */
export function reportBounce({ message, bounce, reason }: ReportBounceInput): Promise<ReportBounceResult> {
  return inTransaction(async (tx) => {
    const id = deliveryIdIn(message);
    const delivery = id ? await tx.delivery.findUnique({ where: { id } }) : null;
    if (!delivery) return { kind: "refused", reason: "unknown_delivery" };

    const problem = problemText(reason) || "The message came back.";
    if (bounce === "hard") await failDelivery(tx, delivery, ["queued", "sent"], problem);
    else await tx.delivery.updateMany({ where: { id: delivery.id, state: "sent" }, data: { problem } });
    return { kind: "noted" };
  });
}

function deliveryIdIn(message: string): string | null {
  return /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@[^<>\s]*)?>?$/i.exec(message.trim())?.[1] ?? null;
}
