import { Checkbox } from "@shopify/polaris";
import type { SettingField } from "./settings-fields";

type Props = SettingField & { label: string; helpText?: string };

/** A setting that is on or off. */
export function SwitchField({ value, onChange, ...rest }: Props) {
  return <Checkbox {...rest} checked={value === "true"} onChange={(checked) => onChange(String(checked))} />;
}
