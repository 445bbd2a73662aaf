import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Text } from "@shopify/polaris";
import { useEffect } from "react";
import { ActionModal } from "~/ui/action-modal";
import type { MessageAnswer } from "./message-answer";

type Props = { onClose: () => void; onReset: () => void };

export function ResetModal({ onClose, onReset }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<MessageAnswer>();
  const { data, state } = fetcher;

  useEffect(() => {
    if (data?.kind !== "saved") return;
    shopify.toast.show(data.message);
    onReset();
    onClose();
  }, [data, shopify, onReset, onClose]);

  return (
    <ActionModal
      title="Reset this message?"
      action={{
        content: "Reset to default",
        destructive: true,
        onAction: () => fetcher.submit({ intent: "reset" }, { method: "post" }),
      }}
      isBusy={state !== "idle"}
      onClose={onClose}
    >
      <Text as="p">Your subject and text in this language are lost, and customers get the default again.</Text>
    </ActionModal>
  );
}
