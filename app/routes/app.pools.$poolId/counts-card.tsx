import { Banner, BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { asSentence } from "~/ui/as-sentence";
import { lastsText } from "~/ui/pool-outlook";

type Counts = { available: number; granted: number; revoked: number; disabled: number; waiting: number };
type Outlook = { daysLeft: number | null; isLow: boolean; lowMark: number };

/** @param inventoryProblem  why Shopify's stock does not follow the keys left; null: it does, or is not to */
export function CountsCard({
  counts: { available, granted, revoked, disabled, waiting },
  outlook: { daysLeft, isLow, lowMark },
  inventoryProblem,
}: {
  counts: Counts;
  outlook: Outlook;
  inventoryProblem: string | null;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        {waiting > 0 && (
          <Banner tone="warning" title={`${counted(waiting, "key is", "keys are")} owed to customers`}>
            They paid while the pool was empty. Import keys and they get theirs, first come, first served.
          </Banner>
        )}
        {waiting === 0 && isLow && (
          <Banner tone="warning" title={available === 0 ? "No keys are left" : "Keys are running low"}>
            The mark is {counted(lowMark, "key", "keys")}. Whoever buys when there are none waits for your next import.
          </Banner>
        )}
        {inventoryProblem && (
          <Banner tone="warning" title="The stock in Shopify does not follow the keys left">
            {asSentence(inventoryProblem)}
          </Banner>
        )}
        <InlineGrid columns={disabled > 0 ? { xs: 2, sm: 4 } : 3} gap="200">
          <Count
            label="Available"
            value={available}
            note={daysLeft !== null && available > 0 ? lastsText(daysLeft) : null}
          />
          <Count label="Granted" value={granted} />
          <Count label="Revoked" value={revoked} />
          {disabled > 0 && <Count label="Disabled" value={disabled} />}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

function Count({ label, value, note = null }: { label: string; value: number; note?: string | null }) {
  return (
    <BlockStack gap="100">
      <Text as="span" tone="subdued">
        {label}
      </Text>
      <Text as="span" variant="headingLg" numeric>
        {value.toLocaleString("en")}
      </Text>
      {note && (
        <Text as="span" variant="bodySm" tone="subdued">
          {note}
        </Text>
      )}
    </BlockStack>
  );
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
