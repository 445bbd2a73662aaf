import { BlockStack, Box, ChoiceList, TextField } from "@shopify/polaris";
import { UNLIMITED } from "~/domain/shop/settings";
import { withoutLeadingZeros } from "./without-leading-zeros";

type Props = {
  name: string;
  /** Digits, or `unlimited`. */
  value: string;
  onChange: (value: string) => void;
  error?: string;
  disabled: boolean;
  title: string;
  /** The choice to have none of its own, where there is one. */
  inherited?: { label: string; value: string };
  unlimitedLabel: string;
  limitedLabel: string;
  label: string;
  suffix?: string;
  helpText: string;
  max: number;
  /** What the number begins with when a limit is chosen. */
  preset: string;
};

/** A number, or the choice to have no limit. */
export function LimitField(props: Props) {
  const { name, value, onChange, error, disabled, title, unlimitedLabel, limitedLabel, preset, inherited, ...number } =
    props;
  const isLimited = value !== UNLIMITED && value !== inherited?.value;

  return (
    <BlockStack gap="200">
      <ChoiceList
        title={title}
        name={`${name}-choice`}
        disabled={disabled}
        choices={[
          ...(inherited ? [inherited] : []),
          { label: unlimitedLabel, value: UNLIMITED },
          { label: limitedLabel, value: "limited" },
        ]}
        selected={[isLimited ? "limited" : value]}
        onChange={([choice = UNLIMITED]) => onChange(choice === "limited" ? preset : choice)}
      />
      {isLimited && (
        <Box paddingInlineStart="600">
          <TextField
            {...number}
            name={name}
            type="number"
            min={1}
            step={1}
            inputMode="numeric"
            autoComplete="off"
            value={value}
            onChange={(text) => onChange(withoutLeadingZeros(text))}
            error={error}
            disabled={disabled}
          />
        </Box>
      )}
    </BlockStack>
  );
}
