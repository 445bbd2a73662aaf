import { BlockStack, Checkbox, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import type { ChosenKeys } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

type Props = { action: string; chosen: ChosenKeys; count: string; onClose: () => void };

/** Asks before keys are deleted for good. */
export function DeleteKeysModal({ action, chosen, count, onClose }: Props) {
  const deleting = usePoolAction({ action, onDone: onClose });

  return (
    <Modal
      open
      onClose={onClose}
      title={`Delete ${count}?`}
      primaryAction={{
        content: "Delete",
        destructive: true,
        loading: deleting.isBusy,
        onAction: () => deleting.submit({ intent: "delete", choice: JSON.stringify(chosen) }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: deleting.isBusy }]}
    >
      <Modal.Section>
        <Text as="p">Only keys that nobody was given are deleted; those of customers stay. This cannot be undone.</Text>
      </Modal.Section>
    </Modal>
  );
}

type DisableProps = Props & {
  /** Whether there may be sold keys among them. */
  hasSold: boolean;
  /** Set when it can be undone from the toast. */
  onUndo?: () => void;
};

/** Takes keys out of the sale; asks whether those that customers have are meant too. */
export function DisableKeysModal({ action, chosen, count, hasSold, onUndo, onClose }: DisableProps) {
  const disabling = usePoolAction({ action, onDone: onClose, onUndo });
  const [includesSold, setIncludesSold] = useState(false);

  return (
    <Modal
      open
      onClose={onClose}
      title={`Disable ${count}?`}
      primaryAction={{
        content: "Disable",
        loading: disabling.isBusy,
        onAction: () =>
          disabling.submit({
            intent: "disable",
            choice: JSON.stringify(chosen),
            includesSold: includesSold ? "yes" : "no",
          }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: disabling.isBusy }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <Text as="p">Disabled keys are not given to anyone until you enable them again.</Text>
          {hasSold && (
            <Checkbox
              label="Also those that customers have"
              helpText="Your software will be told that they are disabled. Nothing is refunded."
              checked={includesSold}
              disabled={disabling.isBusy}
              onChange={setIncludesSold}
            />
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
