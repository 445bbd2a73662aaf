import { Modal } from "@shopify/polaris";
import { useState } from "react";
import { PoolFields } from "~/ui/pool-fields";
import { usePoolAction } from "./use-pool-action";

type Props = { pool: { name: string; activationLimit: number | null }; onClose: () => void };

export function ChangePoolModal({ pool, onClose }: Props) {
  const changing = usePoolAction(onClose);
  const [values, setValues] = useState({ name: pool.name, activationLimit: pool.activationLimit?.toString() ?? "" });
  const save = () => changing.submit({ intent: "change", ...values });

  return (
    <Modal
      open
      onClose={onClose}
      title="Edit pool"
      primaryAction={{ content: "Save", onAction: save, loading: changing.isBusy }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: changing.isBusy }]}
    >
      <Modal.Section>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <PoolFields values={values} errors={changing.errors} disabled={changing.isBusy} onChange={setValues} />
        </form>
      </Modal.Section>
    </Modal>
  );
}
