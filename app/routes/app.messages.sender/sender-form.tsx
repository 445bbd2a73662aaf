import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import {
  BlockStack,
  Box,
  Card,
  Checkbox,
  ChoiceList,
  FormLayout,
  InlineStack,
  Page,
  TextField,
} from "@shopify/polaris";
import { useEffect } from "react";
import { EditsBar } from "~/ui/edits-bar";
import { SettingsSection } from "~/ui/settings-section";
import { useEdits } from "~/ui/use-edits";
import { CheckCard } from "./check-card";
import type { SenderAnswer, SenderFields } from "./sender-answer";

type Props = { saved: SenderFields; defaultSender: string };

export function SenderForm({ saved, defaultSender }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SenderAnswer>();
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;
  const errors = answer?.kind === "refused" ? answer.errors : undefined;
  const { fields, field, isDirty, send, discard } = useEdits(saved, { errors, isSaving });

  useEffect(() => {
    if (!answer) return;
    const isSaved = answer.kind === "saved";
    shopify.toast.show(isSaved ? "Saved" : "Not saved: see below", { isError: !isSaved });
  }, [answer, shopify]);

  const save = () => fetcher.submit({ intent: "save", ...send() }, { method: "post" });

  return (
    <Page
      title="Sender and look"
      subtitle="Whom messages come from, and what they look like. The sender’s name and the support email are in the settings."
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      <EditsBar id="sender-save-bar" isDirty={isDirty} isSaving={isSaving} onSave={save} onDiscard={discard} />
      <BlockStack gap="400">
        <SettingsSection
          title="Sender"
          description="An address of your own domain is believed more often, once the domain says that the mail server may use it."
        >
          <BlockStack gap="400">
            <Card>
              <TextField
                {...field("senderAddress")}
                label="Sender address"
                type="email"
                autoComplete="email"
                placeholder={defaultSender}
                helpText={`Without one, messages come from ${defaultSender}.`}
              />
            </Card>
            <CheckCard address={saved.senderAddress || defaultSender} isBlocked={isDirty} />
          </BlockStack>
        </SettingsSection>
        <SettingsSection title="Look" description="For messages and for the page they lead to.">
          <Card>
            <FormLayout>
              <TextField
                {...field("logoUrl")}
                label="Logo"
                type="url"
                autoComplete="off"
                placeholder="https://cdn.shopify.com/…/logo.png"
                helpText="Address of a PNG or JPEG. It is shown 48 pixels high."
              />
              <TextField
                {...field("brandColor")}
                label="Button color"
                autoComplete="off"
                placeholder="#1f5199"
                suffix={<ColorDot color={fields.brandColor} />}
              />
            </FormLayout>
          </Card>
        </SettingsSection>
        <SettingsSection title="Content" description="What messages show, and when they are sent.">
          <Card>
            <BlockStack gap="400">
              <ChoiceList
                title="License keys"
                name="keysInMail"
                disabled={isSaving}
                choices={[
                  { label: "Show them in the message", value: "true" },
                  { label: "Show them on the page only", value: "false" },
                ]}
                selected={[fields.keysInMail]}
                onChange={([value = "true"]) => field("keysInMail").onChange(value)}
              />
              <Checkbox
                label="Tell customers of new versions"
                helpText="Ten minutes after an upload, and at most once a day each."
                checked={fields.announcesVersions === "true"}
                disabled={isSaving}
                onChange={(checked) => field("announcesVersions").onChange(String(checked))}
              />
            </BlockStack>
          </Card>
        </SettingsSection>
      </BlockStack>
    </Page>
  );
}

function ColorDot({ color }: { color: string }) {
  if (!/^#[0-9a-f]{6}$/i.test(color.trim())) return null;
  return (
    <InlineStack blockAlign="center">
      <Box borderRadius="full" borderWidth="025" borderColor="border">
        <div style={{ width: 20, height: 20, borderRadius: 10, background: color.trim() }} aria-hidden />
      </Box>
    </InlineStack>
  );
}
