import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import type { MessageAnswer, MessageFields } from "./message-answer";

type Props = { fields: MessageFields; orderId: string; address: string; onClose: () => void };

/** Sends the message as it stands in the editor, saved or not. */
export function TestModal({ fields, orderId, address, onClose }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<MessageAnswer>();
  const [to, setTo] = useState(address);
  const { data, state } = fetcher;

  useEffect(() => {
    if (data?.kind !== "tested") return;
    shopify.toast.show(data.message);
    onClose();
  }, [data, shopify, onClose]);

  const error =
    data?.kind === "refused"
      ? Object.values(data.errors)[0]?.[0]
      : data?.kind === "mistaken"
        ? `Line ${data.mistake.line}: ${data.mistake.sentence}`
        : undefined;

  return (
    <ActionModal
      title="Send a test"
      action={{
        content: "Send",
        onAction: () => fetcher.submit({ intent: "test", ...fields, orderId, to }, { method: "post" }),
      }}
      isBusy={state !== "idle"}
      onClose={onClose}
    >
      <Text as="p">The message as it is in the editor, from your sender. Its link leads nowhere.</Text>
      <TextField label="To" type="email" value={to} onChange={setTo} error={error} autoComplete="email" />
    </ActionModal>
  );
}
