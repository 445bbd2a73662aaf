import { BlockStack, Checkbox, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { lastDayOf } from "~/domain/pool/pool-form";
import { ActionModal } from "~/ui/action-modal";
import type { ChosenKeys, KeyRow } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

type Props = {
  action: string;
  chosen: ChosenKeys;
  /** In words: "3 keys". */
  count: string;
  /** Set when it is one key: what it says now. */
  one: KeyRow | null;
  onClose: () => void;
};

const labels = {
  activationLimit: "Machines per key",
  expiresAt: "Valid until",
  note: "Note",
};

type Field = keyof typeof labels;

/** Changes what chosen keys say of themselves; of several only what is ticked. */
export function ChangeKeysModal({ action, chosen, count, one, onClose }: Props) {
  const changing = usePoolAction({ action, onDone: onClose });
  const [ticked, setTicked] = useState<Field[]>([]);
  const [fields, setFields] = useState({
    activationLimit: one?.activationLimit === 0 ? "unlimited" : String(one?.activationLimit ?? ""),
    expiresAt: lastDayOf(one?.expiresAt ?? null),
    note: one?.note ?? "",
  });
  const names = Object.keys(labels) as Field[];
  const meant = one ? names : ticked;
  const isUnlimited = fields.activationLimit === "unlimited";

  const set = (name: Field, value: string) => setFields((current) => ({ ...current, [name]: value }));
  const field = (name: Field) => ({
    label: labels[name],
    labelHidden: !one,
    value: fields[name],
    error: changing.errors[name]?.[0],
    disabled: changing.isBusy,
    autoComplete: "off",
    onChange: (value: string) => set(name, value),
  });
  const inputs: Record<Field, React.ReactNode> = {
    activationLimit: (
      <BlockStack gap="200">
        {!isUnlimited && (
          <TextField {...field("activationLimit")} type="number" min={1} placeholder="As the pool says" />
        )}
        <Checkbox
          label="Any number of machines"
          checked={isUnlimited}
          disabled={changing.isBusy}
          onChange={(checked) => set("activationLimit", checked ? "unlimited" : "")}
        />
      </BlockStack>
    ),
    expiresAt: <TextField {...field("expiresAt")} type="date" helpText="Empty: as its order says." />,
    note: <TextField {...field("note")} maxLength={500} helpText="Only you see it." />,
  };

  return (
    <ActionModal
      title={one ? `Edit key …${one.end}` : `Edit ${count}`}
      action={{
        content: "Save",
        disabled: meant.length === 0,
        onAction: () =>
          changing.submit({
            intent: "change",
            choice: JSON.stringify(chosen),
            ...Object.fromEntries(meant.map((name) => [name, fields[name]])),
          }),
      }}
      isBusy={changing.isBusy}
      onClose={onClose}
    >
      {!one && <Text as="p">Tick what is to be the same for all of them.</Text>}
      {names.map((name) => (
        <BlockStack key={name} gap="200">
          {!one && (
            <Checkbox
              label={labels[name]}
              checked={ticked.includes(name)}
              disabled={changing.isBusy}
              onChange={(checked) =>
                setTicked((current) => (checked ? [...current, name] : current.filter((other) => other !== name)))
              }
            />
          )}
          {meant.includes(name) && inputs[name]}
        </BlockStack>
      ))}
    </ActionModal>
  );
}
