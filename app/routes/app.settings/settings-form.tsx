import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { useEffect } from "react";
import type { DryRunView } from "~/domain/bulk-run/run-view";
import { EditsBar } from "~/ui/edits-bar";
import { DryRunPanel } from "~/ui/runs/dry-run-panel";
import { SettingsSection } from "~/ui/settings-section";
import { useEdits } from "~/ui/use-edits";
import { AccessSections } from "./access-sections";
import { DeliverySections } from "./delivery-sections";
import { KeySection } from "./key-section";
import type { SettingsAnswer, SettingsFields } from "./settings-fields";

type Props = { saved: SettingsFields; shopDomain: string; lastRun: DryRunView | null };

export function SettingsForm({ saved, shopDomain, lastRun }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SettingsAnswer>();
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;
  const { fields, field, isDirty, send, discard } = useEdits(saved, { errors: answer?.errors, isSaving });

  useEffect(() => {
    if (isSaving) return;
    if (answer?.saved) shopify.toast.show("Settings saved");
    else if (answer) document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [answer, isSaving, shopify]);

  const save = () => fetcher.submit(send(), { method: "post" });

  return (
    <Page
      title="Settings"
      subtitle="What buyers get unless you say otherwise, how they get it, and whom they hear from."
      secondaryActions={[{ content: "API tokens", url: "/app/settings/tokens" }]}
    >
      <EditsBar id="settings-save-bar" isDirty={isDirty} isSaving={isSaving} onSave={save} onDiscard={discard} />
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
