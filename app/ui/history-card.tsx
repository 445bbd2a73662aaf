import { BlockStack, Card, Text } from "@shopify/polaris";
import { actorText } from "./actor-text";
import { Moment } from "./moment";

type Entry = {
  id: string;
  at: string;
  actor: string;
  actorName: string | null;
  sentence: string;
  /** From where and with what, where that is known. */
  ip: string | null;
  userAgent: string | null;
};

/** What happened to something, newest first, and who did it. */
export function HistoryCard({ history }: { history: Entry[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          History
        </Text>
        {history.length === 0 && (
          <Text as="p" tone="subdued">
            Nothing happened yet.
          </Text>
        )}
        {history.map(({ id, at, actor, actorName, sentence, ip, userAgent }) => (
          <BlockStack key={id}>
            <Text as="span" breakWord>
              {sentence}
            </Text>
            <Text as="span" variant="bodySm" tone="subdued">
              <Moment at={at} /> · {actorText(actor, actorName)}
              {ip && ` · ${ip}`}
            </Text>
            {userAgent && (
              <Text as="span" variant="bodySm" tone="subdued" breakWord>
                {userAgent}
              </Text>
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
