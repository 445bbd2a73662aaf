import { useFetcher } from "@remix-run/react";
import { Form } from "@shopify/polaris";
import { ActionModal } from "~/ui/action-modal";
import { PoolFields } from "~/ui/pool-fields";
import { useEdits } from "~/ui/use-edits";

type Answer = { errors: { name?: string[]; activationLimit?: string[] } };

/** Asks for a new pool's name and limit; the answer leads to its page. */
export function CreatePoolModal({ onClose }: { onClose: () => void }) {
  const fetcher = useFetcher<Answer>();
  const isBusy = fetcher.state !== "idle";
  const { field, send } = useEdits(
    { name: "", activationLimit: "" },
    { errors: fetcher.data?.errors, isSaving: isBusy },
  );
  const create = () => fetcher.submit(send(), { method: "post" });

  return (
    <ActionModal
      title="Create pool"
      action={{ content: "Create pool", onAction: create }}
      isBusy={isBusy}
      onClose={onClose}
    >
      <Form onSubmit={create}>
        <PoolFields name={field("name")} activationLimit={field("activationLimit")} />
      </Form>
    </ActionModal>
  );
}
