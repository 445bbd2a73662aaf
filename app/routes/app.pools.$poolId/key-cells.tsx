import { Badge, BlockStack, InlineStack, Link, Text } from "@shopify/polaris";
import type { KeyRow } from "./pool-answer";

const badges: Record<KeyRow["state"], { content: string; tone?: "success" | "critical" }> = {
  available: { content: "Available" },
  granted: { content: "Granted", tone: "success" },
  revoked: { content: "Revoked", tone: "critical" },
  disabled: { content: "Disabled" },
};

/** A key that somebody has is a license, with a page of its own. */
export function KeyEnd({ id, end, order, issued }: Pick<KeyRow, "id" | "end" | "order" | "issued">) {
  const text = <code style={{ whiteSpace: "nowrap" }}>{`…${end}`}</code>;
  return order || issued ? <Link url={`/app/licenses/${id}`}>{text}</Link> : text;
}

export function KeyState({ state }: { state: KeyRow["state"] }) {
  return <Badge tone={badges[state].tone}>{badges[state].content}</Badge>;
}

/** Who has it: an order, or whom the merchant's software made it for. */
export function KeyHolder({ order, issued }: Pick<KeyRow, "order" | "issued">) {
  if (order) return <Link url={`/app/orders/${order.id}`}>{order.name}</Link>;
  if (!issued) return <Text as="span">–</Text>;
  const whose = [issued.holderEmail, issued.reference].filter(Boolean).join(" · ");
  return (
    <Text as="span" breakWord>
      {whose === "" ? "Issued by your software" : `Issued to ${whose}`}
    </Text>
  );
}

/** What a key has of its own, where it differs from its pool, and the merchant's note. */
export function KeyNotes({ activationLimit, expiresAt, note }: Pick<KeyRow, "activationLimit" | "expiresAt" | "note">) {
  const terms = [
    activationLimit === null ? [] : activationLimit === 0 ? "any number of machines" : machines(activationLimit),
    expiresAt === null ? [] : `until ${dayOf(expiresAt)}`,
  ].flat();

  return (
    <BlockStack gap="050">
      {terms.length > 0 && (
        <Text as="span" variant="bodySm">
          {terms.join(" · ")}
        </Text>
      )}
      {note && (
        <InlineStack>
          <Text as="span" variant="bodySm" tone="subdued" breakWord>
            {note}
          </Text>
        </InlineStack>
      )}
    </BlockStack>
  );
}

function machines(count: number): string {
  return count === 1 ? "1 machine" : `${count.toLocaleString("en")} machines`;
}

/** The last day a key is good: it ends with the day. */
function dayOf(end: string): string {
  const shape = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Date(Date.parse(end) - 1).toLocaleDateString("en", shape);
}
