import { useAppBridge } from "@shopify/app-bridge-react";
import { Button, InlineStack, Text } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";

/** A SHA-256, short on the screen and whole on the clipboard. */
export function Checksum({ sha256 }: { sha256: string }) {
  const shopify = useAppBridge();
  const copy = () =>
    navigator.clipboard.writeText(sha256).then(
      () => shopify.toast.show("SHA-256 copied"),
      () => shopify.toast.show("The browser did not allow copying", { isError: true }),
    );

  return (
    <InlineStack gap="100" blockAlign="center" wrap={false}>
      <Text as="span" tone="subdued" variant="bodySm">
        <span title={sha256}>
          SHA-256 <code>{`${sha256.slice(0, 12)}…`}</code>
        </span>
      </Text>
      <Button icon={ClipboardIcon} variant="tertiary" size="micro" accessibilityLabel="Copy SHA-256" onClick={copy} />
    </InlineStack>
  );
}
