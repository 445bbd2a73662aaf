import { Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import type { ChosenKeys } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

type Props = {
  action: string;
  chosen: ChosenKeys;
  count: string;
  pools: { id: string; name: string }[];
  onClose: () => void;
};

/** Asks for the pool that chosen keys go to. */
export function MoveKeysModal({ action, chosen, count, pools, onClose }: Props) {
  const moving = usePoolAction({ action, onDone: onClose });
  const [toPoolId, setToPoolId] = useState(pools[0]?.id ?? "");

  return (
    <ActionModal
      title={`Move ${count}`}
      action={{
        content: "Move",
        disabled: toPoolId === "",
        onAction: () => moving.submit({ intent: "move", choice: JSON.stringify(chosen), toPoolId }),
      }}
      isBusy={moving.isBusy}
      onClose={onClose}
    >
      {pools.length === 0 ? (
        <Text as="p">There is no other pool to move them to. Create one first.</Text>
      ) : (
        <Select
          label="To the pool"
          options={pools.map(({ id, name }) => ({ label: name, value: id }))}
          value={toPoolId}
          error={moving.errors.toPoolId?.[0]}
          disabled={moving.isBusy}
          onChange={setToPoolId}
        />
      )}
      <Text as="p" tone="subdued">
        Only keys that nobody was given are moved. In their new pool they go first to customers who wait there.
      </Text>
    </ActionModal>
  );
}
