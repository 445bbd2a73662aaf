import { useFetcher } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Card, FormLayout, Page, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { MAX_ACCESS_DAYS, MAX_DOWNLOAD_LIMIT, MAX_LINK_HOURS, MAX_SENDER_NAME } from "~/domain/shop/settings";
import { LimitField, withoutLeadingZeros } from "./limit-field";
import { SettingsSection } from "./settings-section";
import type { SettingsAnswer, SettingsFields } from "./settings-fields";

export function SettingsForm({ saved, shopDomain }: { saved: SettingsFields; shopDomain: string }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SettingsAnswer>();
  const [edits, setEdits] = useState<Partial<SettingsFields>>({});
  const [editedSinceAnswer, setEditedSinceAnswer] = useState<(keyof SettingsFields)[]>([]);
  const fields = { ...saved, ...edits };
  const names = Object.keys(saved) as (keyof SettingsFields)[];
  const isDirty = names.some((name) => fields[name].trim() !== saved[name]);
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;

  useEffect(() => {
    if (isSaving) return;
    if (answer?.saved) shopify.toast.show("Settings saved");
    else if (answer) document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [answer, isSaving, shopify]);

  const save = () => {
    const trimmed = Object.fromEntries(names.map((name) => [name, fields[name].trim()]));
    setEdits(trimmed);
    setEditedSinceAnswer([]);
    fetcher.submit(trimmed, { method: "post" });
  };
  const discard = () => {
    setEdits({});
    setEditedSinceAnswer(names);
  };
  const field = (name: keyof SettingsFields) => ({
    name,
    value: fields[name],
    error: editedSinceAnswer.includes(name) ? undefined : answer?.errors[name]?.[0],
    disabled: isSaving,
    onChange(value: string) {
      setEdits((current) => ({ ...current, [name]: value }));
      setEditedSinceAnswer((current) => [...current, name]);
    },
  });

  const linkHours = field("linkHours");

  return (
    <Page
      title="Settings"
      subtitle="What buyers get unless you say otherwise, and whom they hear from."
      secondaryActions={[{ content: "API tokens", url: "/app/settings/tokens" }]}
    >
      <SaveBar id="settings-save-bar" open={isDirty}>
        <button variant="primary" onClick={save} loading={isSaving ? "" : undefined} disabled={isSaving}>
          Save
        </button>
        <button onClick={discard} disabled={isSaving}>
          Discard
        </button>
      </SaveBar>
      <BlockStack gap={{ xs: "800", sm: "400" }}>
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
          title="Link page"
          description="How long the page of a download link stays open for your customers."
        >
          <Card>
            <TextField
              {...linkHours}
              onChange={(hours) => linkHours.onChange(withoutLeadingZeros(hours))}
              label="Hours a link page lives"
              type="number"
              min={1}
              max={MAX_LINK_HOURS}
              step={1}
              inputMode="numeric"
              suffix="hours"
              autoComplete="off"
              helpText={inDays(fields.linkHours)}
            />
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
        <Text as="p" tone="subdued" alignment="center">
          Changing a setting never touches what was already sold.
        </Text>
      </BlockStack>
    </Page>
  );
}

function inDays(hours: string): string {
  const days = Number(hours) / 24;
  return days >= 1 && Number.isInteger(days)
    ? `${days === 1 ? "1 day" : `${days} days`} from when it was sent.`
    : "Counted from when it was sent.";
}
