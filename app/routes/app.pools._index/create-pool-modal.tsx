import { useFetcher } from "@remix-run/react";
import { Form } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import { PoolFields } from "~/ui/pool-fields";

type Answer = { errors: { name?: string[]; activationLimit?: string[] } };

/** Asks for a new pool's name and limit; the answer leads to its page. */
export function CreatePoolModal({ onClose }: { onClose: () => void }) {
  const fetcher = useFetcher<Answer>();
  const [values, setValues] = useState({ name: "", activationLimit: "" });
  const isBusy = fetcher.state !== "idle";
  const create = () => fetcher.submit(values, { method: "post" });

  return (
    <ActionModal
      title="Create pool"
      action={{ content: "Create pool", onAction: create }}
      isBusy={isBusy}
      onClose={onClose}
    >
      <Form onSubmit={create}>
        <PoolFields values={values} errors={fetcher.data?.errors ?? {}} disabled={isBusy} onChange={setValues} />
      </Form>
    </ActionModal>
  );
}
