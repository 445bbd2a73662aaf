import { Text } from "@shopify/polaris";
import { ActionModal } from "./action-modal";
import { useAction } from "./use-action";

export type Question = {
  title: string;
  text: string;
  button: string;
  destructive?: boolean;
  /** What is sent when the answer is yes. */
  fields: Record<string, string>;
};

/** Asks before something is done. */
export function ConfirmModal({ question, onClose }: { question: Question; onClose: () => void }) {
  const acting = useAction(onClose);
  const { title, text, button, destructive, fields } = question;

  return (
    <ActionModal
      title={title}
      action={{ content: button, destructive, onAction: () => acting.submit(fields) }}
      isBusy={acting.isBusy}
      refusal={acting.refusal?.message}
      onClose={onClose}
    >
      <Text as="p">{text}</Text>
    </ActionModal>
  );
}
