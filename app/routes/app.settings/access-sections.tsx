import { BlockStack, Card } from "@shopify/polaris";
import { MAX_ACCESS_DAYS, MAX_DOWNLOAD_LIMIT } from "~/domain/shop/settings";
import { LimitField } from "~/ui/limit-field";
import { SettingsSection } from "~/ui/settings-section";
import { UpdatePolicyField } from "~/ui/update-policy-field";
import type { FieldOf } from "~/ui/use-edits";
import type { SettingsFields } from "./settings-fields";
import { SwitchField } from "./switch-field";

/** What a purchase gives, and what takes it away. */
export function AccessSections({ field }: { field: FieldOf<keyof SettingsFields> }) {
  return (
    <>
      <SettingsSection
        title="Access"
        description="Counts for orders paid from now on. What was already sold keeps the limits it was sold with."
      >
        <Card>
          <BlockStack gap="500">
            <LimitField
              {...field("downloadLimit")}
              title="Downloads"
              unlimitedLabel="Unlimited downloads"
              limitedLabel="Limited downloads"
              label="Downloads per unit bought"
              helpText="Buying two units doubles it. You can reset or extend it for a single order."
              max={MAX_DOWNLOAD_LIMIT}
              preset="5"
            />
            <LimitField
              {...field("accessDays")}
              title="Time"
              unlimitedLabel="Access never ends"
              limitedLabel="Access ends after some days"
              label="Days from the purchase"
              suffix="days"
              helpText="Downloads and keys stay reachable for this long."
              max={MAX_ACCESS_DAYS}
              preset="365"
            />
          </BlockStack>
        </Card>
      </SettingsSection>
      <SettingsSection
        title="New versions"
        description="Counts for orders paid from now on. A product can have its own limits and its own rule for new versions."
      >
        <Card>
          <UpdatePolicyField policy={field("updatePolicy")} months={field("updateMonths")} />
        </Card>
      </SettingsSection>
      <SettingsSection
        title="Refunds and risk"
        description="A refund of single units always takes back those units, and a cancelled order everything."
      >
        <Card>
          <BlockStack gap="400">
            <SwitchField
              {...field("refundRevokes")}
              label="Take everything back when an order is refunded in full"
              helpText="Otherwise the customer keeps it. Counts for refunds from now on."
            />
            <SwitchField
              {...field("holdHighRisk")}
              label="Hold orders that Shopify calls high-risk until you release them"
              helpText="A held order gives nothing and no key is used up. What was delivered before you turn this on stays open; orders held when you turn it off stay held until you release each."
            />
          </BlockStack>
        </Card>
      </SettingsSection>
    </>
  );
}
