import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

type Props = { week: { grants: number; orders: number; downloads: number } };

export function WeekNumbers({ week }: Props) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Last 7 days
        </Text>
        <InlineGrid columns={3} gap="400">
          <Figure name="Orders" figure={week.orders} />
          <Figure name="Items granted" figure={week.grants} />
          <Figure name="Downloads" figure={week.downloads} />
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

function Figure({ name, figure }: { name: string; figure: number }) {
  return (
    <BlockStack gap="100">
      <Text as="p" variant="bodySm" tone="subdued">
        {name}
      </Text>
      <Text as="p" variant="headingXl">
        {figure.toLocaleString("en")}
      </Text>
    </BlockStack>
  );
}
