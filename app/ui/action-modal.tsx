import { Banner, BlockStack, Modal } from "@shopify/polaris";
import type { ReactNode } from "react";
import { Dialog } from "./dialog";

type Props = {
  title: string;
  /** The one thing to do here. */
  action: { content: string; onAction: () => void; destructive?: boolean; disabled?: boolean };
  isBusy: boolean;
  /** Why it was not done. */
  refusal?: string | null;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog with one thing to do, and a way out; mounted while it is open. */
export function ActionModal({ title, action, isBusy, refusal, onClose, children }: Props) {
  return (
    <Dialog
      onClose={onClose}
      title={title}
      primaryAction={{ ...action, loading: isBusy }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: isBusy }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {refusal && <Banner tone="critical">{refusal}</Banner>}
          {children}
        </BlockStack>
      </Modal.Section>
    </Dialog>
  );
}
