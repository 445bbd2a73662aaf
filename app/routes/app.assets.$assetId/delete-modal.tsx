import { Text } from "@shopify/polaris";
import { ActionModal } from "~/ui/action-modal";
import { useAssetAction } from "./use-asset-action";

/** Asks once more; a deleted asset's page is left for the list. */
export function DeleteModal({ title, onClose }: { title: string; onClose: () => void }) {
  const { errors, isBusy, submit } = useAssetAction();
  const refusal = errors.form?.[0];

  return (
    <ActionModal
      title="Delete this asset?"
      action={{ content: "Delete asset", destructive: true, onAction: () => submit({ intent: "delete" }) }}
      isBusy={isBusy}
      refusal={refusal}
      onClose={onClose}
    >
      <Text as="p" breakWord>
        <bdi>{title}</bdi> and all its versions are deleted from your storage. This cannot be undone.
      </Text>
    </ActionModal>
  );
}
