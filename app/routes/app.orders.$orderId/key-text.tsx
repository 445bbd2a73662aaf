import { Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { Moment } from "~/ui/moment";
import { useGrantAction } from "./use-grant-action";

type Props = { grantId: string; end: string; shownAt: string | null };

/** A key, masked until the merchant asks to see it; asking is recorded. */
export function KeyText({ grantId, end, shownAt }: Props) {
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
          <Button variant="plain" onClick={reveal} loading={revealing.isBusy}>
            Show key
          </Button>
        ) : (
          <Button variant="plain" onClick={() => setIsHidden(true)}>
            Hide key
          </Button>
        )}
      </InlineStack>
      {revealing.refusal && (
        <Text as="p" tone="critical">
          {revealing.refusal.message}
        </Text>
      )}
      <Text as="p" tone="subdued">
        {shownAt ? (
          <>
            The customer first saw it <Moment at={shownAt} />
          </>
        ) : (
          "The customer has not seen it yet"
        )}
      </Text>
    </>
  );
}
