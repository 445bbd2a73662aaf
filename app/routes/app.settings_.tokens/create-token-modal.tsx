import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, ChoiceList, Form, FormLayout, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { tokenScopes, type TokenScope } from "~/domain/token/scopes";
import { MAX_TOKEN_NAME } from "~/domain/token/token-form";
import { ActionModal } from "~/ui/action-modal";
import { Dialog } from "~/ui/dialog";
import { CopyButton } from "~/ui/copy-button";
import { scopeTexts } from "./scope-texts";
import type { TokensAnswer } from "./tokens-answer";

/** Asks what a new token is for; then shows it, this once. */
export function CreateTokenModal({ onClose }: { onClose: () => void }) {
  const fetcher = useFetcher<TokensAnswer>();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<TokenScope[]>([...tokenScopes]);
  const answer = fetcher.data;
  const isBusy = fetcher.state !== "idle";
  const errors = answer?.kind === "refused" ? answer.errors : {};
  if (answer?.kind === "created") return <FreshToken name={answer.name} text={answer.text} onClose={onClose} />;

  const create = () => fetcher.submit({ intent: "create", name, scopes: scopes.join(",") }, { method: "post" });
  return (
    <ActionModal
      title="Create token"
      action={{ content: "Create token", onAction: create }}
      isBusy={isBusy}
      onClose={onClose}
    >
      <Form onSubmit={create}>
        <FormLayout>
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            error={errors.name?.[0]}
            disabled={isBusy}
            autoComplete="off"
            maxLength={MAX_TOKEN_NAME}
            helpText="What uses it, for example “Back office”. History shows it by this name."
          />
          <ChoiceList
            title="It may"
            allowMultiple
            choices={tokenScopes.map((scope) => ({ value: scope, ...scopeTexts[scope], disabled: isBusy }))}
            selected={scopes}
            onChange={(chosen: TokenScope[]) => setScopes(chosen)}
            error={errors.scopes?.[0]}
          />
        </FormLayout>
      </Form>
    </ActionModal>
  );
}

function FreshToken({ name, text, onClose }: { name: string; text: string; onClose: () => void }) {
  return (
    <Dialog
      onClose={onClose}
      title={`Token “${name}”`}
      primaryAction={{ content: "I have copied it", onAction: onClose }}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <Banner tone="warning">Copy it now: it is shown this once and cannot be looked up later.</Banner>
          <Text as="p" breakWord>
            <code style={{ overflowWrap: "anywhere" }} data-token>
              {text}
            </code>
          </Text>
          <div>
            <CopyButton text={text} label="Copy token" />
          </div>
        </BlockStack>
      </Modal.Section>
    </Dialog>
  );
}
