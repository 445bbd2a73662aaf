import { Text } from "@shopify/polaris";
import { ActionModal } from "~/ui/action-modal";
import { usePoolAction } from "./use-pool-action";

export function DeletePoolModal({ name, onClose }: { name: string; onClose: () => void }) {
  const deleting = usePoolAction();

  return (
    <ActionModal
      title={`Delete ${name}?`}
      action={{ content: "Delete pool", destructive: true, onAction: () => deleting.submit({ intent: "delete" }) }}
      isBusy={deleting.isBusy}
      refusal={deleting.errors.form?.[0]}
      onClose={onClose}
    >
      <Text as="p">The pool goes with all its keys that nobody got. This cannot be undone.</Text>
    </ActionModal>
  );
}
