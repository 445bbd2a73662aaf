type State = "active" | "waiting" | "held" | "revoked";

/** How a grant's state is told. */
export const grantStates: Record<State, { content: string; tone?: "success" | "warning" | "attention" | "critical" }> =
  {
    active: { content: "Given", tone: "success" },
    waiting: { content: "Waiting for a key", tone: "warning" },
    held: { content: "Held back", tone: "attention" },
    revoked: { content: "Revoked", tone: "critical" },
  };

/** Shopify's financial status in a merchant's words: `partially_refunded` → "Partially refunded". */
export function paymentText({
  financialStatus,
  cancelledAt,
}: {
  financialStatus: string;
  cancelledAt: unknown;
}): string {
  if (cancelledAt) return "Cancelled";
  const words = financialStatus.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
