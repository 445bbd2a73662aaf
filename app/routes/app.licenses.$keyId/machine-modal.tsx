import { Form, FormLayout, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import { useAction } from "~/ui/use-action";

const words = {
  add: {
    title: "Add a machine",
    text: "It gets a place as if your software had activated it.",
    button: "Add",
  },
  block: {
    title: "Block a fingerprint",
    text: "A machine with this fingerprint loses its place and gets none again on this license.",
    button: "Block",
  },
};

/** Asks for the fingerprint of a machine to let in, or to shut out. */
export function MachineModal({ intent, onClose }: { intent: "add" | "block"; onClose: () => void }) {
  const acting = useAction(onClose);
  const [fingerprint, setFingerprint] = useState("");
  const [name, setName] = useState("");
  const errors = acting.refusal?.errors ?? {};
  const { title, text, button } = words[intent];
  const send = () => acting.submit({ intent, fingerprint, ...(intent === "add" ? { name } : {}) });

  return (
    <ActionModal
      title={title}
      action={{ content: button, onAction: send, destructive: intent === "block" }}
      isBusy={acting.isBusy}
      refusal={acting.refusal?.message}
      onClose={onClose}
    >
      <Text as="p">{text}</Text>
      <Form onSubmit={send}>
        <FormLayout>
          <TextField
            label="Fingerprint"
            value={fingerprint}
            onChange={setFingerprint}
            error={errors.fingerprint?.[0]}
            helpText="Exactly as your software sends it."
            maxLength={255}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
          {intent === "add" && (
            <TextField
              label="Name (optional)"
              value={name}
              onChange={setName}
              error={errors.name?.[0]}
              maxLength={60}
              autoComplete="off"
            />
          )}
        </FormLayout>
      </Form>
    </ActionModal>
  );
}
