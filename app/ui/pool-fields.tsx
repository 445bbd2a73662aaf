import { BlockStack, Checkbox, TextField } from "@shopify/polaris";
import type { EditedField } from "./use-edits";

type Props = { name: EditedField; activationLimit: EditedField };

/** A pool's name and the limit of its keys: empty means unlimited. */
export function PoolFields({ name, activationLimit }: Props) {
  const isUnlimited = activationLimit.value === "";

  return (
    <BlockStack gap="400">
      <TextField
        {...name}
        label="Name"
        autoComplete="off"
        maxLength={100}
        helpText="Only you see it, for example “Synth Pro keys”."
      />
      <Checkbox
        label="A key may be activated on any number of machines"
        checked={isUnlimited}
        disabled={activationLimit.disabled}
        onChange={(checked) => activationLimit.onChange(checked ? "" : "3")}
      />
      {!isUnlimited && (
        <TextField
          {...activationLimit}
          label="Machines per key"
          type="number"
          min={1}
          max={100_000}
          inputMode="numeric"
          autoComplete="off"
        />
      )}
    </BlockStack>
  );
}
