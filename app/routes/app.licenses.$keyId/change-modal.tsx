import { ChoiceList, Form, FormLayout, TextField } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import { useAction } from "~/ui/use-action";
import type { LicenseShown } from "./license-shown";

type Limit = "pool" | "own" | "unlimited";

/** Asks for a license's own limit, end and note. */
export function ChangeModal({ license, onClose }: { license: LicenseShown; onClose: () => void }) {
  const changing = useAction(onClose);
  const { ownLimit, poolLimit } = license;
  const [limit, setLimit] = useState<Limit>(ownLimit === null ? "pool" : ownLimit === 0 ? "unlimited" : "own");
  const [machines, setMachines] = useState(ownLimit ? String(ownLimit) : "3");
  const [endsOn, setEndsOn] = useState(license.ownExpiresAt?.slice(0, 10) ?? "");
  const [note, setNote] = useState(license.note ?? "");
  const errors = changing.refusal?.errors ?? {};
  const change = () =>
    changing.submit({ intent: "change", limit, machines: limit === "own" ? machines : "1", endsOn, note });
  const poolSays = poolLimit === null ? "any number" : poolLimit.toLocaleString("en");

  return (
    <ActionModal
      title={`Edit license …${license.keyEnd}`}
      action={{ content: "Save", onAction: change }}
      isBusy={changing.isBusy}
      refusal={changing.refusal?.message}
      onClose={onClose}
    >
      <Form onSubmit={change}>
        <FormLayout>
          <ChoiceList
            title="Machines at a time"
            choices={[
              { label: `As its pool says: ${poolSays}`, value: "pool" },
              { label: "A limit of its own", value: "own" },
              { label: "Any number", value: "unlimited" },
            ]}
            selected={[limit]}
            onChange={([chosen]) => setLimit(chosen === "own" || chosen === "unlimited" ? chosen : "pool")}
          />
          {limit === "own" && (
            <TextField
              label="Machines"
              type="number"
              min={1}
              inputMode="numeric"
              value={machines}
              onChange={setMachines}
              error={errors.machines?.[0]}
              helpText="Machines beyond a lower limit keep their places; no new one gets in."
              autoComplete="off"
            />
          )}
          <TextField
            label="Last day (UTC)"
            type="date"
            value={endsOn}
            onChange={setEndsOn}
            error={errors.endsOn?.[0]}
            helpText="Leave it empty to let its order’s access decide."
            autoComplete="off"
          />
          <TextField
            label="Note"
            value={note}
            onChange={setNote}
            multiline={2}
            maxLength={500}
            error={errors.note?.[0]}
            helpText="For your staff alone."
            autoComplete="off"
          />
        </FormLayout>
      </Form>
    </ActionModal>
  );
}
