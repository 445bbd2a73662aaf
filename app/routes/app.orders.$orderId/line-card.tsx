import { Badge, BlockStack, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { Fragment } from "react";
import type { GrantShown } from "./grant-shown";
import { GrantItem } from "./grant-item";

type Line = {
  title: string;
  variantTitle: string | null;
  quantity: number;
  currentQuantity: number;
  grants: GrantShown[];
};

/** One line of the order and what it gave. */
export function LineCard({ line: { title, variantTitle, quantity, currentQuantity, grants } }: { line: Line }) {
  const removed = quantity - currentQuantity;

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <BlockStack>
            <Text as="h2" variant="headingMd" breakWord>
              {title}
            </Text>
            {variantTitle && (
              <Text as="span" tone="subdued">
                {variantTitle}
              </Text>
            )}
          </BlockStack>
          <InlineStack gap="200" blockAlign="center">
            <Text as="span">Quantity {currentQuantity}</Text>
            {removed > 0 && <Badge tone="attention">{`${removed} refunded or removed`}</Badge>}
          </InlineStack>
        </InlineStack>
        {grants.length === 0 && (
          <Text as="p" tone="subdued">
            This line gave nothing.
          </Text>
        )}
        {grants.map((grant) => (
          <Fragment key={grant.id}>
            <Divider />
            <GrantItem grant={grant} />
          </Fragment>
        ))}
      </BlockStack>
    </Card>
  );
}
