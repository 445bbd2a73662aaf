import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

type Props = {
  week: { grants: number; orders: number; downloads: number };
  /** In all pools; null while there is none. */
  keysLeft: number | null;
};

export function WeekNumbers({ week, keysLeft }: Props) {
  const orders = `in ${week.orders.toLocaleString("en")} ${week.orders === 1 ? "order" : "orders"}, last 7 days`;

  return (
    <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
      <Figure title="Items granted" figure={week.grants} note={orders} />
      <Figure title="Downloads" figure={week.downloads} note="last 7 days" />
      <Figure title="Keys left" figure={keysLeft} note={keysLeft === null ? "no key pools yet" : "in all pools"} />
    </InlineGrid>
  );
}

function Figure({ title, figure, note }: { title: string; figure: number | null; note: string }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          {title}
        </Text>
        <Text as="p" variant="headingXl">
          {figure === null ? "–" : figure.toLocaleString("en")}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {note}
        </Text>
      </BlockStack>
    </Card>
  );
}
