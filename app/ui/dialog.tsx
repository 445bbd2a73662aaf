import { Modal, type ModalProps } from "@shopify/polaris";
import { useEffect, useState } from "react";

/** Polaris's modal, mounted while it is open: closed, it gives the keyboard back to what opened it. */
export function Dialog(props: Omit<ModalProps, "open" | "activator">) {
  const [opener] = useState(() => document.activeElement);

  useEffect(() => () => void setTimeout(() => giveBack(opener)), [opener]);

  return <Modal {...props} open />;
}

function giveBack(opener: Element | null) {
  const isNowhere = document.activeElement === document.body;
  if (isNowhere && opener instanceof HTMLElement) opener.focus();
}
