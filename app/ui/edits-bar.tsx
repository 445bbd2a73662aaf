import { SaveBar } from "@shopify/app-bridge-react";

type Props = { id: string; isDirty: boolean; isSaving: boolean; onSave: () => void; onDiscard: () => void };

/** Shopify's bar above the page while a form differs from what is saved. */
export function EditsBar({ id, isDirty, isSaving, onSave, onDiscard }: Props) {
  return (
    <SaveBar id={id} open={isDirty}>
      <button variant="primary" onClick={onSave} loading={isSaving ? "" : undefined} disabled={isSaving}>
        Save
      </button>
      <button onClick={onDiscard} disabled={isSaving}>
        Discard
      </button>
    </SaveBar>
  );
}
