import { BlockStack, Card, Text } from "@shopify/polaris";
import type { Attached } from "~/domain/attachment/given-by";
import { GivenRow } from "./given-row";

type Props = { attachments: Attached[]; isAvailable: boolean; onDetach: (attachment: Attached) => void };

/** What is attached to variants that Shopify does not list (any more). */
export function LostVariantsCard({ attachments, isAvailable, onDetach }: Props) {
  if (attachments.length === 0) return null;

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {isAvailable ? "Deleted variants" : "Single variants"}
          </Text>
          {isAvailable && (
            <Text as="p" tone="subdued">
              Nobody can buy these any more. Customers who did keep what they have.
            </Text>
          )}
        </BlockStack>
        {attachments.map((attachment) => (
          <GivenRow key={attachment.id} attachment={attachment} place="a variant" onDetach={onDetach} />
        ))}
      </BlockStack>
    </Card>
  );
}
