import { Text } from "@shopify/polaris";
import { ActionModal } from "~/ui/action-modal";
import type { GrantShown } from "./grant-answer";
import { useGrantAction } from "./use-grant-action";

export type Confirmation = "revoke" | "restore" | "reset";

type Words = { title: string; text: string; button: string; destructive?: boolean };

type Props = { grant: GrantShown; confirmation: Confirmation; onClose: () => void };

export function ConfirmModal({ grant, confirmation, onClose }: Props) {
  const acting = useGrantAction(onClose);
  const { title, text, button, destructive } = wordsOf(confirmation, grant);

  return (
    <ActionModal
      title={title}
      action={{
        content: button,
        destructive,
        onAction: () => acting.submit({ intent: confirmation, grantId: grant.id }),
      }}
      isBusy={acting.isBusy}
      refusal={acting.refusal?.message}
      onClose={onClose}
    >
      <Text as="p">{text}</Text>
    </ActionModal>
  );
}

function wordsOf(confirmation: Confirmation, { title, kind, key }: GrantShown): Words {
  const isKey = kind === "key";
  const words: Record<Confirmation, Words> = {
    revoke: {
      title: `Revoke ${title}?`,
      text: isKey
        ? "The customer no longer sees this key, and nobody else will get it. You can restore it later."
        : "The customer can no longer open it. You can restore it later.",
      button: "Revoke",
      destructive: true,
    },
    restore: {
      title: `Restore ${title}?`,
      text: isKey
        ? `The customer gets ${key ? "the same key back" : "a key, or waits for one while the pool is empty"}.`
        : "The customer can open it again, with the downloads and the time that were left.",
      button: "Restore",
    },
    reset: {
      title: `Reset the count of ${title}?`,
      text: "The customer can use all its downloads again. The history of downloads stays.",
      button: "Reset count",
    },
  };
  return words[confirmation];
}
