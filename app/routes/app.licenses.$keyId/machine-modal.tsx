import { Banner, BlockStack, FormLayout, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useLicenseAction } from "./use-license-action";

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
  const acting = useLicenseAction(onClose);
  const [fingerprint, setFingerprint] = useState("");
  const [name, setName] = useState("");
  const errors = acting.refusal?.errors ?? {};
  const { title, text, button } = words[intent];
  const send = () => acting.submit({ intent, fingerprint, ...(intent === "add" ? { name } : {}) });

  return (
    <Modal
      open
      onClose={onClose}
      title={title}
      primaryAction={{ content: button, onAction: send, loading: acting.isBusy, destructive: intent === "block" }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: acting.isBusy }]}
    >
      <Modal.Section>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <BlockStack gap="300">
            {acting.refusal && <Banner tone="critical">{acting.refusal.message}</Banner>}
            <Text as="p">{text}</Text>
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
            <button type="submit" hidden />
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}
