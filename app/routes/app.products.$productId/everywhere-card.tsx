import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { Attached } from "~/domain/attachment/given-by";
import { GivenRow } from "./given-row";

type Props = {
  attachments: Attached[];
  /** A product without options: its buyers are all alike. */
  isOnlyVariant: boolean;
  /** Absent when nothing can be attached. */
  onAttach?: () => void;
  onChange: (attachment: Attached) => void;
  onDetach: (attachment: Attached) => void;
};

/** What the whole product gives. */
export function EverywhereCard({ attachments, isOnlyVariant, onAttach, onChange, onDetach }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {isOnlyVariant ? "A buyer gets" : "Every buyer gets"}
          </Text>
          {!isOnlyVariant && (
            <Text as="p" tone="subdued">
              Attached to the whole product, whichever variant is bought.
            </Text>
          )}
        </BlockStack>
        {attachments.map((attachment) => (
          <GivenRow
            key={attachment.id}
            attachment={attachment}
            place="the whole product"
            onChange={onChange}
            onDetach={onDetach}
          />
        ))}
        {attachments.length === 0 && (
          <InlineStack align="space-between" blockAlign="center" gap="300">
            <Text as="p" tone="subdued">
              {isOnlyVariant ? "Nothing yet: this product is not delivered by Featherpost." : "Nothing yet."}
            </Text>
            {onAttach && <Button onClick={onAttach}>Attach files, links or keys</Button>}
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
