import { Checkbox, Text } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import type { ChosenKeys } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

type Props = { action: string; chosen: ChosenKeys; count: string; onClose: () => void };

/** Asks before keys are deleted for good. */
export function DeleteKeysModal({ action, chosen, count, onClose }: Props) {
  const deleting = usePoolAction({ action, onDone: onClose });

  return (
    <ActionModal
      title={`Delete ${count}?`}
      action={{
        content: "Delete",
        destructive: true,
        onAction: () => deleting.submit({ intent: "delete", choice: JSON.stringify(chosen) }),
      }}
      isBusy={deleting.isBusy}
      onClose={onClose}
    >
      <Text as="p">Only keys that nobody was given are deleted; those of customers stay. This cannot be undone.</Text>
    </ActionModal>
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
    <ActionModal
      title={`Disable ${count}?`}
      action={{
        content: "Disable",
        onAction: () =>
          disabling.submit({
            intent: "disable",
            choice: JSON.stringify(chosen),
            includesSold: includesSold ? "yes" : "no",
          }),
      }}
      isBusy={disabling.isBusy}
      onClose={onClose}
    >
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
    </ActionModal>
  );
}
