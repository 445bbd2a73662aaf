import { useFetcher } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { DryRunView } from "~/domain/bulk-run/run-view";
import { DryRunPanel } from "~/ui/runs/dry-run-panel";
import { SettingsSection } from "~/ui/settings-section";
import { AccessSections } from "./access-sections";
import { DeliverySections } from "./delivery-sections";
import { KeySection } from "./key-section";
import type { SettingField, SettingsAnswer, SettingsFields } from "./settings-fields";

type Props = { saved: SettingsFields; shopDomain: string; lastRun: DryRunView | null };

export function SettingsForm({ saved, shopDomain, lastRun }: Props) {
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
  const field = (name: keyof SettingsFields): SettingField => ({
    name,
    value: fields[name],
    error: editedSinceAnswer.includes(name) ? undefined : answer?.errors[name]?.[0],
    disabled: isSaving,
    onChange(value: string) {
      setEdits((current) => ({ ...current, [name]: value }));
      setEditedSinceAnswer((current) => [...current, name]);
    },
  });

  return (
    <Page
      title="Settings"
      subtitle="What buyers get unless you say otherwise, how they get it, and whom they hear from."
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
        <AccessSections field={field} />
        <SettingsSection
          title="Try it first"
          description="What access, new versions, refunds and risk as set above would have meant for orders you had."
        >
          <Card>
            <DryRunPanel fields={{ about: "settings", ...fields }} disabled={isSaving} last={lastRun} />
          </Card>
        </SettingsSection>
        <DeliverySections field={field} shopDomain={shopDomain} />
        <KeySection field={field} />
        <Text as="p" tone="subdued" alignment="center">
          Changing a setting never touches what was already sold.
        </Text>
      </BlockStack>
    </Page>
  );
}
