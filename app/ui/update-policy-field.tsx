import { BlockStack, Box, ChoiceList } from "@shopify/polaris";
import { MAX_UPDATE_MONTHS } from "~/domain/shop/settings";
import { NumberField } from "./number-field";
import type { EditedField } from "./use-edits";

const PRESET_MONTHS = "12";

type Props = {
  policy: EditedField;
  /** Empty unless the policy counts them. */
  months: EditedField;
  /** The choice to have no policy of its own, where there is one. */
  inherited?: { label: string; value: string };
};

/** What a new version of a file means for those who bought an earlier one. */
export function UpdatePolicyField({ policy, months, inherited }: Props) {
  return (
    <BlockStack gap="200">
      <ChoiceList
        title="When you upload a new version, earlier buyers"
        name={policy.name}
        disabled={policy.disabled}
        error={policy.error}
        choices={[
          ...(inherited ? [inherited] : []),
          { label: "Get it", value: "latest" },
          { label: "Keep the version they bought", value: "bought" },
          { label: "Get it for some months, then keep what they have", value: "months" },
        ]}
        selected={[policy.value]}
        onChange={([choice = "latest"]) => {
          policy.onChange(choice);
          months.onChange(choice === "months" ? PRESET_MONTHS : "");
        }}
      />
      {policy.value === "months" && (
        <Box paddingInlineStart="600">
          <NumberField {...months} label="Months from the purchase" suffix="months" min={1} max={MAX_UPDATE_MONTHS} />
        </Box>
      )}
    </BlockStack>
  );
}
