import { BlockStack, Checkbox, TextField } from "@shopify/polaris";

/** Of a pool, as a form holds them; an empty limit means unlimited. */
export type PoolValues = { name: string; activationLimit: string };

type Props = {
  values: PoolValues;
  errors: { name?: string[]; activationLimit?: string[] };
  disabled: boolean;
  onChange: (values: PoolValues) => void;
};

/** A pool's name and the limit of its keys. */
export function PoolFields({ values, errors, disabled, onChange }: Props) {
  const isUnlimited = values.activationLimit === "";

  return (
    <BlockStack gap="400">
      <TextField
        label="Name"
        value={values.name}
        onChange={(name) => onChange({ ...values, name })}
        error={errors.name?.[0]}
        disabled={disabled}
        autoComplete="off"
        maxLength={100}
        helpText="Only you see it, for example “Synth Pro keys”."
      />
      <Checkbox
        label="A key may be activated on any number of machines"
        checked={isUnlimited}
        disabled={disabled}
        onChange={(checked) => onChange({ ...values, activationLimit: checked ? "" : "3" })}
      />
      {!isUnlimited && (
        <TextField
          label="Machines per key"
          type="number"
          min={1}
          max={100_000}
          inputMode="numeric"
          value={values.activationLimit}
          onChange={(activationLimit) => onChange({ ...values, activationLimit })}
          error={errors.activationLimit?.[0]}
          disabled={disabled}
          autoComplete="off"
        />
      )}
    </BlockStack>
  );
}
