import { useAppBridge } from "@shopify/app-bridge-react";
import { Button } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";

type Props = { text: string; label: string; variant?: "primary" };

/** Puts a text on the clipboard and says so; a browser may refuse. */
export function CopyButton({ text, label, variant }: Props) {
  const shopify = useAppBridge();
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => shopify.toast.show("Copied"),
      () => shopify.toast.show("Your browser did not allow copying", { isError: true }),
    );
  };

  return (
    <Button icon={ClipboardIcon} onClick={copy} variant={variant}>
      {label}
    </Button>
  );
}
