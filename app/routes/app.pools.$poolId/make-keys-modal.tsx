import { Link, Text } from "@shopify/polaris";
import { useState } from "react";
import type { KeyRule } from "~/domain/pool/key-rule";
import { ActionModal } from "~/ui/action-modal";
import { NumberField } from "~/ui/number-field";
import { RuleExamples } from "~/ui/rule-examples";
import { usePoolAction } from "./use-pool-action";

type Props = { poolId: string; rule: KeyRule; action: string; onClose: () => void };

/** Asks how many keys are to be made. */
export function MakeKeysModal({ poolId, rule, action, onClose }: Props) {
  const making = usePoolAction({ action, onDone: onClose });
  const [count, setCount] = useState("100");

  return (
    <ActionModal
      title="Make keys"
      action={{ content: "Make keys", onAction: () => making.submit({ intent: "make", count }) }}
      isBusy={making.isBusy}
      onClose={onClose}
    >
      <NumberField
        label="How many"
        value={count}
        min={1}
        max={100_000}
        error={making.errors.count?.[0]}
        disabled={making.isBusy}
        helpText="Up to 100,000 at once, which takes some seconds."
        onChange={setCount}
      />
      <RuleExamples rule={rule} />
      <Text as="p" tone="subdued">
        How they look is said in the <Link url={`/app/pools/${poolId}/settings`}>settings of this pool</Link>.
      </Text>
    </ActionModal>
  );
}
