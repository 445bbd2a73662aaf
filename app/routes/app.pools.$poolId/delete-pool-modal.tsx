import { Banner, BlockStack, Modal, Text } from "@shopify/polaris";
import { usePoolAction } from "./use-pool-action";

export function DeletePoolModal({ name, onClose }: { name: string; onClose: () => void }) {
  const deleting = usePoolAction();

  return (
    <Modal
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      primaryAction={{
        content: "Delete pool",
        destructive: true,
        loading: deleting.isBusy,
        onAction: () => deleting.submit({ intent: "delete" }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: deleting.isBusy }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {deleting.errors.form && <Banner tone="critical">{deleting.errors.form[0]}</Banner>}
          <Text as="p">The pool goes with all its keys that nobody got. This cannot be undone.</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
