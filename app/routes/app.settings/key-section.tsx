import { BlockStack, Card } from "@shopify/polaris";
import { MAX_FREES_PER_MONTH, MAX_GRACE_DAYS } from "~/domain/shop/settings";
import { NumberField } from "~/ui/number-field";
import { SettingsSection } from "~/ui/settings-section";
import type { FieldOf } from "~/ui/use-edits";
import type { SettingsFields } from "./settings-fields";
import { SwitchField } from "./switch-field";

/** What holds for license keys. */
export function KeySection({ field }: { field: FieldOf<keyof SettingsFields> }) {
  return (
    <SettingsSection
      title="License keys"
      description="How many machines a key may be activated on, and for how long, is set at each key pool."
    >
      <Card>
        <BlockStack gap="400">
          <SwitchField
            {...field("revealToClaim")}
            label="Hide keys until the customer presses Reveal"
            helpText="On the page and in messages. The moment is recorded, which helps in a dispute."
          />
          <SwitchField
            {...field("returnsUnseenKeys")}
            label="Put a key that was taken back into its pool when its customer never saw it"
            helpText="A key that was sent in a message or revealed is never given to anyone else. Works best with hidden keys."
          />
          <NumberField
            {...field("freesPerMonth")}
            label="Activations a customer may free per key within 30 days"
            min={0}
            max={MAX_FREES_PER_MONTH}
            helpText="For a new or a lost computer. 0: only you can free them."
          />
          <NumberField
            {...field("graceDays")}
            label="Days your software may run without asking again"
            min={1}
            max={MAX_GRACE_DAYS}
            suffix="days"
            helpText="Written into the signed license that an activation answers. Counts for activations from now on."
          />
        </BlockStack>
      </Card>
    </SettingsSection>
  );
}
