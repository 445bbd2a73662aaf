import { InlineGrid, TextField } from "@shopify/polaris";
import { ActionModal } from "~/ui/action-modal";
import { useEdits } from "~/ui/use-edits";
import { usePoolAction } from "./use-pool-action";

/** Takes a few keys typed by hand. */
export function AddKeysModal({ action, onClose }: { action: string; onClose: () => void }) {
  const adding = usePoolAction({ action, onDone: onClose });
  const { errors, isBusy } = adding;
  const nothing = { texts: "", activationLimit: "", expiresAt: "", note: "" };
  const { fields, field, send } = useEdits(nothing, { errors, isSaving: isBusy });
  const add = () => adding.submit({ intent: "add", ...send() });

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
        autoComplete="off"
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
          autoComplete="off"
          type="number"
          min={1}
          placeholder="As the pool says"
        />
        <TextField {...field("expiresAt")} label="Valid until" type="date" autoComplete="off" />
      </InlineGrid>
      <TextField {...field("note")} label="Note" autoComplete="off" helpText="Only you see it." maxLength={500} />
    </ActionModal>
  );
}
