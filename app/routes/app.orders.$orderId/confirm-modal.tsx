import { Banner, BlockStack, Modal, Text } from "@shopify/polaris";
import type { GrantShown } from "./grant-answer";
import { useGrantAction } from "./use-grant-action";

export type Confirmation = "revoke" | "restore" | "reset";

type Words = { title: string; text: string; button: string; destructive?: boolean };

type Props = { grant: GrantShown; confirmation: Confirmation; onClose: () => void };

export function ConfirmModal({ grant, confirmation, onClose }: Props) {
  const acting = useGrantAction(onClose);
  const { title, text, button, destructive } = wordsOf(confirmation, grant);

  return (
    <Modal
      open
      onClose={onClose}
      title={title}
      primaryAction={{
        content: button,
        destructive,
        loading: acting.isBusy,
        onAction: () => acting.submit({ intent: confirmation, grantId: grant.id }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: acting.isBusy }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {acting.refusal && <Banner tone="critical">{acting.refusal.message}</Banner>}
          <Text as="p">{text}</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
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
