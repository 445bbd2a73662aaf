import { TextField, type TextFieldProps } from "@shopify/polaris";
import { withoutLeadingZeros } from "./without-leading-zeros";

type Props = Pick<
  TextFieldProps,
  "label" | "labelHidden" | "name" | "value" | "suffix" | "helpText" | "disabled" | "error"
> & {
  onChange: (digits: string) => void;
  min: number;
  max: number;
};

/** A whole number. */
export function NumberField({ onChange, ...props }: Props) {
  return (
    <TextField
      {...props}
      type="number"
      step={1}
      inputMode="numeric"
      autoComplete="off"
      onChange={(digits) => onChange(withoutLeadingZeros(digits))}
    />
  );
}
