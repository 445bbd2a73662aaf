import { useFetcher } from "@remix-run/react";
import { Modal } from "@shopify/polaris";
import { useState } from "react";
import { PoolFields } from "~/ui/pool-fields";

type Answer = { errors: { name?: string[]; activationLimit?: string[] } };

/** Asks for a new pool's name and limit; the answer leads to its page. */
export function CreatePoolModal({ onClose }: { onClose: () => void }) {
  const fetcher = useFetcher<Answer>();
  const [values, setValues] = useState({ name: "", activationLimit: "" });
  const isBusy = fetcher.state !== "idle";
  const create = () => fetcher.submit(values, { method: "post" });

  return (
    <Modal
      open
      onClose={onClose}
      title="Create pool"
      primaryAction={{ content: "Create pool", onAction: create, loading: isBusy }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: isBusy }]}
    >
      <Modal.Section>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          <PoolFields values={values} errors={fetcher.data?.errors ?? {}} disabled={isBusy} onChange={setValues} />
        </form>
      </Modal.Section>
    </Modal>
  );
}
