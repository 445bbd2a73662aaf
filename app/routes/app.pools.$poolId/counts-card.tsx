import { Banner, BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

type Counts = { available: number; granted: number; revoked: number; waiting: number };

export function CountsCard({ counts: { available, granted, revoked, waiting } }: { counts: Counts }) {
  return (
    <Card>
      <BlockStack gap="400">
        {waiting > 0 && (
          <Banner tone="warning" title={`${counted(waiting, "key is", "keys are")} owed to customers`}>
            They paid while the pool was empty. Import keys and they get theirs, first come, first served.
          </Banner>
        )}
        <InlineGrid columns={3} gap="200">
          <Count label="Available" value={available} />
          <Count label="Granted" value={granted} />
          <Count label="Revoked" value={revoked} />
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <BlockStack gap="100">
      <Text as="span" tone="subdued">
        {label}
      </Text>
      <Text as="span" variant="headingLg" numeric>
        {value.toLocaleString("en")}
      </Text>
    </BlockStack>
  );
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
