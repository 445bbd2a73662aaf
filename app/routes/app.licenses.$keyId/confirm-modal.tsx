import { Text } from "@shopify/polaris";
import { ActionModal } from "~/ui/action-modal";
import type { MachineShown } from "./license-answer";
import { useLicenseAction } from "./use-license-action";

export type Confirmation =
  { intent: "remove" | "block"; machine: MachineShown; name: string } | { intent: "reset"; count: number };

/** Asks before a machine stops working. */
export function ConfirmModal({ confirmation, onClose }: { confirmation: Confirmation; onClose: () => void }) {
  const acting = useLicenseAction(onClose);
  const { title, text, button, fields } = wordsOf(confirmation);

  return (
    <ActionModal
      title={title}
      action={{ content: button, destructive: true, onAction: () => acting.submit(fields) }}
      isBusy={acting.isBusy}
      refusal={acting.refusal?.message}
      onClose={onClose}
    >
      <Text as="p">{text}</Text>
    </ActionModal>
  );
}

type Words = { title: string; text: string; button: string; fields: Record<string, string> };

function wordsOf(confirmation: Confirmation): Words {
  if (confirmation.intent === "reset") {
    const { count } = confirmation;
    return {
      title: `Remove ${count === 1 ? "the machine" : `all ${count.toLocaleString("en")} machines`}?`,
      text: "Their places are free, and each may activate again. What is blocked stays blocked.",
      button: "Remove all",
      fields: { intent: "reset" },
    };
  }
  const { intent, machine, name } = confirmation;
  if (intent === "remove") {
    return {
      title: `Remove ${name}?`,
      text: "Its place is free for another machine. It may activate again where there is a place.",
      button: "Remove",
      fields: { intent, activationId: machine.id },
    };
  }
  return {
    title: `Block ${name}?`,
    text: "Its place is free for another machine, and it gets none again on this license until you unblock it.",
    button: "Block",
    fields: { intent, fingerprint: machine.fingerprint },
  };
}
