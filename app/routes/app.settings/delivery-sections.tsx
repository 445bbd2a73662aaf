import { BlockStack, Card, FormLayout, TextField } from "@shopify/polaris";
import { MAX_LINK_HOURS, MAX_SENDER_NAME } from "~/domain/shop/settings";
import { NumberField } from "~/ui/number-field";
import { SettingsSection } from "~/ui/settings-section";
import type { FieldOf } from "~/ui/use-edits";
import type { SettingsFields } from "./settings-fields";
import { SwitchField } from "./switch-field";

type Props = { field: FieldOf<keyof SettingsFields>; shopDomain: string };

/** How customers get to what they bought, and whom they hear from. */
export function DeliverySections({ field, shopDomain }: Props) {
  const fulfillLines = field("fulfillLines");
  const fulfillNotifies = field("fulfillNotifies");

  return (
    <>
      <SettingsSection
        title="Link page"
        description="The page that the link in a message opens. Counts for messages sent from now on; the sign-in for every page at once."
      >
        <Card>
          <BlockStack gap="400">
            <NumberField
              {...field("linkHours")}
              label="Hours a link page lives"
              min={1}
              max={MAX_LINK_HOURS}
              suffix="hours"
              helpText={inDays(field("linkHours").value)}
            />
            <SwitchField
              {...field("signInRequired")}
              label="Customers sign in before they download"
              helpText="The link then leads to their account in your store. Customers without an account make one with the address they ordered with."
            />
          </BlockStack>
        </Card>
      </SettingsSection>
      <SettingsSection title="Fulfillment in Shopify" description="What Shopify is told of what was delivered.">
        <Card>
          <BlockStack gap="400">
            <SwitchField
              {...fulfillLines}
              label="Mark digital items as fulfilled once they are delivered"
              helpText="Only the items that gave something. What you ship yourself is left alone."
            />
            <SwitchField
              {...fulfillNotifies}
              disabled={fulfillNotifies.disabled || fulfillLines.value !== "true"}
              label="Let Shopify send its shipping mail for them, too"
              helpText="Customers then get two messages: Featherpost’s with the downloads, and Shopify’s."
            />
          </BlockStack>
        </Card>
      </SettingsSection>
      <SettingsSection title="Sender" description="Whom your customers see in their inbox and turn to for help.">
        <Card>
          <FormLayout>
            <TextField
              {...field("senderName")}
              label="Sender name"
              autoComplete="organization"
              maxLength={MAX_SENDER_NAME}
              placeholder={shopDomain.replace(/\.myshopify\.com$/, "")}
              helpText="Shown as the sender of the messages about their downloads."
            />
            <TextField
              {...field("supportAddress")}
              label="Support email"
              type="email"
              autoComplete="email"
              placeholder="help@example.com"
              helpText="Where customers write when they need help, and where their replies go."
            />
          </FormLayout>
        </Card>
      </SettingsSection>
    </>
  );
}

function inDays(hours: string): string {
  const days = Number(hours) / 24;
  return days >= 1 && Number.isInteger(days)
    ? `${days === 1 ? "1 day" : `${days} days`} from when it was sent.`
    : "Counted from when it was sent.";
}
