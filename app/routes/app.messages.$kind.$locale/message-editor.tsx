import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Card, Layout, Page, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { DeliveryKind } from "~/domain/delivery/kinds";
import type { MailLocale } from "~/domain/delivery/locales";
import type { TemplateMistake } from "~/domain/delivery/template";
import type { ComposeMailResult } from "~/emails/compose-mail";
import { EditsBar } from "~/ui/edits-bar";
import { languageNames, messageOccasions, messageTitles } from "~/ui/message-titles";
import type { MessageAnswer, MessageFields } from "./message-answer";
import { PreviewCard } from "./preview-card";
import { ResetModal } from "./reset-modal";
import { TestModal } from "./test-modal";
import { useLivePreview } from "./use-live-preview";
import { VariablesCard } from "./variables-card";

type Props = {
  kind: DeliveryKind;
  locale: MailLocale;
  saved: MessageFields;
  isEdited: boolean;
  orders: { id: string; name: string }[];
  preview: ComposeMailResult;
  testAddress: string;
};

export function MessageEditor({ kind, locale, saved, isEdited, orders, preview, testAddress }: Props) {
  const shopify = useAppBridge();
  const saving = useFetcher<MessageAnswer>();
  const [edits, setEdits] = useState<Partial<MessageFields>>({});
  const [dialog, setDialog] = useState<"reset" | "test" | null>(null);
  const [orderId, setOrderId] = useState(orders[0]?.id ?? "");
  const fields = { ...saved, ...edits };
  const isDirty = fields.subject !== saved.subject || fields.body !== saved.body;
  const isSaving = saving.state !== "idle";
  const live = useLivePreview(fields, orderId, preview, isDirty);
  const answer = saving.data;

  useEffect(() => {
    if (!answer) return;
    if (answer.kind === "saved") shopify.toast.show(answer.message);
    else shopify.toast.show("Not saved: see below", { isError: true });
  }, [answer, shopify]);

  const change = (name: keyof MessageFields) => (value: string) => {
    setEdits((current) => ({ ...current, [name]: value }));
  };
  const mistake = live.mistake ?? (answer?.kind === "mistaken" && isDirty ? answer.mistake : null);
  const refusal = answer?.kind === "refused" ? answer.errors : {};

  return (
    <Page
      title={messageTitles[kind]}
      subtitle={messageOccasions[kind]}
      titleMetadata={
        <Badge tone={isEdited ? "info" : undefined}>{`${languageNames[locale]}${isEdited ? ", edited" : ""}`}</Badge>
      }
      backAction={{ content: "Messages", url: "/app/messages" }}
      secondaryActions={[
        { content: "Send a test", onAction: () => setDialog("test") },
        { content: "Reset to default", onAction: () => setDialog("reset"), disabled: !isEdited },
      ]}
    >
      <EditsBar
        id="message-save-bar"
        isDirty={isDirty}
        isSaving={isSaving}
        onSave={() => saving.submit({ intent: "save", ...fields }, { method: "post" })}
        onDiscard={() => setEdits({})}
      />
      <Layout>
        <Layout.Section variant="oneHalf">
          <BlockStack gap="400">
            <Card>
              <BlockStack gap="400">
                <TextField
                  label="Subject"
                  name="subject"
                  value={fields.subject}
                  onChange={change("subject")}
                  error={sentenceOf(mistake, "subject") ?? refusal.subject?.[0]}
                  disabled={isSaving}
                  autoComplete="off"
                />
                <TextField
                  label="Message"
                  name="body"
                  value={fields.body}
                  onChange={change("body")}
                  error={sentenceOf(mistake, "body") ?? refusal.body?.[0]}
                  disabled={isSaving}
                  autoComplete="off"
                  multiline={16}
                  maxHeight={560}
                  monospaced
                  spellCheck={false}
                  helpText="HTML and Liquid. Plain tags such as <h1> and <p> get the look of the rest."
                />
              </BlockStack>
            </Card>
            <VariablesCard />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneHalf">
          <PreviewCard
            mail={live.mail}
            isStale={live.isStale || live.mistake !== null}
            orders={orders}
            orderId={orderId}
            onOrder={setOrderId}
          />
        </Layout.Section>
      </Layout>
      {dialog === "reset" && <ResetModal onClose={() => setDialog(null)} onReset={() => setEdits({})} />}
      {dialog === "test" && (
        <TestModal fields={fields} orderId={orderId} address={testAddress} onClose={() => setDialog(null)} />
      )}
    </Page>
  );
}

function sentenceOf(mistake: TemplateMistake | null, field: TemplateMistake["field"]): string | undefined {
  if (mistake?.field !== field) return undefined;
  return field === "body" ? `Line ${mistake.line}: ${mistake.sentence}` : mistake.sentence;
}
