import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Modal, Text } from "@shopify/polaris";
import { useEffect } from "react";
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
    <Modal
      open
      onClose={onClose}
      title="Reset this message?"
      primaryAction={{
        content: "Reset to default",
        destructive: true,
        loading: state !== "idle",
        onAction: () => fetcher.submit({ intent: "reset" }, { method: "post" }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: state !== "idle" }]}
    >
      <Modal.Section>
        <Text as="p">Your subject and text in this language are lost, and customers get the default again.</Text>
      </Modal.Section>
    </Modal>
  );
}
