import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { Moment } from "~/ui/moment";

type Guess = { ip: string; count: number; firstAt: string; lastAt: string };

/** Addresses that tried keys which were never sold. */
export function GuessesCard({ guesses }: { guesses: Guess[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Unknown keys tried
        </Text>
        <Text as="p" tone="subdued">
          {guesses.length === 0
            ? "Nobody has tried several unknown keys in a row within the last 30 days."
            : "After ten unknown keys an address is shut out for ten minutes. A few tries are a customer's typing mistakes; many are somebody guessing, which is hopeless."}
        </Text>
        {guesses.map(({ ip, count, firstAt, lastAt }) => (
          <InlineStack key={ip} align="space-between" gap="200">
            <Text as="span" breakWord>
              <code>{ip}</code>
            </Text>
            <Text as="span" tone="subdued">
              {count.toLocaleString("en")} in a row, <Moment at={firstAt} />
              {isSameMinute(firstAt, lastAt) || (
                <>
                  {" to "}
                  <Moment at={lastAt} />
                </>
              )}
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}

/** The same as shown: moments are ISO 8601, shown to the minute. */
function isSameMinute(a: string, b: string): boolean {
  return a.slice(0, 16) === b.slice(0, 16);
}
