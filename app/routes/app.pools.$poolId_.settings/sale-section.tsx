import { BlockStack, Card, ChoiceList, InlineGrid, Text, TextField } from "@shopify/polaris";
import { NumberField } from "~/ui/number-field";
import type { FieldOf } from "~/ui/use-edits";
import type { PoolFieldValues } from "./pool-fields";

/** What a key is given for, and until when it is good. */
export function SaleSection({ field }: { field: FieldOf<keyof PoolFieldValues> }) {
  const keyFor = field("keyFor");

  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          When it is sold
        </Text>
        <ChoiceList
          title="A customer who buys three of a product gets"
          name={keyFor.name}
          disabled={keyFor.disabled}
          choices={[
            { label: "Three keys, one for each", value: "unit" },
            {
              label: "One key for all three",
              value: "line",
              helpText: "It may be activated on three times as many machines. A refund of one takes its machines away.",
            },
          ]}
          selected={[keyFor.value]}
          onChange={([value]) => value && keyFor.onChange(value)}
        />
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <NumberField
            {...field("validDays")}
            label="Days it is valid"
            min={1}
            max={99_999}
            suffix="days from purchase"
            helpText="Empty: as long as your access settings say."
          />
          <TextField
            {...field("validUntil")}
            label="Valid until"
            type="date"
            autoComplete="off"
            helpText="To the end of this day (UTC). If both are set, the earlier counts."
          />
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
