import { Banner, BlockStack, Modal, Text } from "@shopify/polaris";
import { useAssetAction } from "./use-asset-action";

/** Asks once more; a deleted asset's page is left for the list. */
export function DeleteModal({ title, onClose }: { title: string; onClose: () => void }) {
  const { errors, isBusy, submit } = useAssetAction();
  const refusal = errors.form?.[0];

  return (
    <Modal
      open
      onClose={onClose}
      title="Delete this asset?"
      primaryAction={{
        content: "Delete asset",
        destructive: true,
        loading: isBusy,
        onAction: () => submit({ intent: "delete" }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: isBusy }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {refusal && <Banner tone="critical">{refusal}</Banner>}
          <Text as="p" breakWord>
            <bdi>{title}</bdi> and all its versions are deleted from your storage. This cannot be undone.
          </Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
