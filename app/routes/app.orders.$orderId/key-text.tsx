import { Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useGrantAction } from "./use-grant-action";

/** A key, masked until the merchant asks to see it; asking is recorded. */
export function KeyText({ grantId, end }: { grantId: string; end: string }) {
  const revealing = useGrantAction();
  const [isHidden, setIsHidden] = useState(false);
  const text = isHidden ? null : revealing.key;
  const reveal = () => {
    setIsHidden(false);
    revealing.submit({ intent: "reveal", grantId });
  };

  return (
    <>
      <InlineStack gap="200" blockAlign="center">
        <code style={{ overflowWrap: "anywhere" }} aria-live="polite">
          {text ?? `••••${end}`}
        </code>
        {text === null ? (
          <Button
            variant="plain"
            onClick={reveal}
            loading={revealing.isBusy}
            accessibilityLabel={`Show key ending in ${end}`}
          >
            Show key
          </Button>
        ) : (
          <Button variant="plain" onClick={() => setIsHidden(true)} accessibilityLabel={`Hide key ending in ${end}`}>
            Hide key
          </Button>
        )}
      </InlineStack>
      {revealing.refusal && (
        <Text as="p" tone="critical">
          {revealing.refusal.message}
        </Text>
      )}
    </>
  );
}
