import { BlockStack, Box, ChoiceList, InlineGrid, TextField } from "@shopify/polaris";
import type { FormErrors } from "~/http/form";

export type Which = { kind: "all" | "dates" | "names"; from: string; to: string; names: string };

type Props = { which: Which; onChange: (which: Which) => void; errors: FormErrors; disabled: boolean };

const kinds = ["all", "dates", "names"] as const;

/** Which past orders are meant. */
export function WhichField({ which, onChange, errors, disabled }: Props) {
  const field = (name: "from" | "to" | "names") => ({
    value: which[name],
    onChange: (value: string) => onChange({ ...which, [name]: value }),
    error: errors[name]?.[0],
    autoComplete: "off",
    disabled,
  });

  return (
    <BlockStack gap="200">
      <ChoiceList
        title="Which orders"
        choices={[
          { label: "All past orders of this product", value: "all" },
          { label: "Those placed between two days", value: "dates" },
          { label: "These orders", value: "names" },
        ]}
        selected={[which.kind]}
        disabled={disabled}
        onChange={([kind]) => onChange({ ...which, kind: kinds.find((known) => known === kind) ?? "all" })}
      />
      {which.kind === "dates" && (
        <Box paddingInlineStart="600">
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <TextField {...field("from")} label="First day" type="date" />
            <TextField {...field("to")} label="Last day" type="date" />
          </InlineGrid>
        </Box>
      )}
      {which.kind === "names" && (
        <Box paddingInlineStart="600">
          <TextField
            {...field("names")}
            label="Orders"
            multiline={4}
            placeholder="#1001, #1002"
            helpText="As Shopify shows them, with spaces, commas or new lines between them."
          />
        </Box>
      )}
    </BlockStack>
  );
}
