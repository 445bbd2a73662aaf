import { Checkbox } from "@shopify/polaris";
import type { EditedField } from "~/ui/use-edits";

type Props = EditedField & { label: string; helpText?: string };

/** A setting that is on or off. */
export function SwitchField({ value, onChange, ...rest }: Props) {
  return <Checkbox {...rest} checked={value === "true"} onChange={(checked) => onChange(String(checked))} />;
}
