import { InlineGrid, TextField } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import { usePoolAction } from "./use-pool-action";

/** Takes a few keys typed by hand. */
export function AddKeysModal({ action, onClose }: { action: string; onClose: () => void }) {
  const adding = usePoolAction({ action, onDone: onClose });
  const [fields, setFields] = useState({ texts: "", activationLimit: "", expiresAt: "", note: "" });
  const { errors, isBusy } = adding;
  const add = () => adding.submit({ intent: "add", ...fields });
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: errors[name]?.[0],
    disabled: isBusy,
    autoComplete: "off",
    onChange: (value: string) => setFields((current) => ({ ...current, [name]: value })),
  });

  return (
    <ActionModal
      title="Add keys"
      action={{ content: "Add", onAction: add, disabled: fields.texts.trim() === "" }}
      isBusy={isBusy}
      refusal={errors.form?.[0]}
      onClose={onClose}
    >
      <TextField
        {...field("texts")}
        label="Keys, one per line"
        multiline={4}
        maxHeight={240}
        spellCheck={false}
        monospaced
        helpText="Up to 100. Who waits for a key gets one at once."
      />
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
        <TextField
          {...field("activationLimit")}
          label="Machines per key"
          type="number"
          min={1}
          placeholder="As the pool says"
        />
        <TextField {...field("expiresAt")} label="Valid until" type="date" />
      </InlineGrid>
      <TextField {...field("note")} label="Note" helpText="Only you see it." maxLength={500} />
    </ActionModal>
  );
}
