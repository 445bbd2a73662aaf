import { Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useAction } from "./use-action";

type Props = {
  end: string;
  /** What is sent to see it. */
  fields: Record<string, string>;
};

/** A key, masked until the merchant asks to see it; asking is recorded. */
export function KeyText({ end, fields }: Props) {
  const revealing = useAction();
  const [isHidden, setIsHidden] = useState(false);
  const text = isHidden ? null : revealing.key;
  const reveal = () => {
    setIsHidden(false);
    revealing.submit(fields);
  };

  return (
    <>
      <InlineStack gap="200" blockAlign="center">
        <code style={{ overflowWrap: "anywhere" }} aria-live="polite">
          {text ?? `••••${end}`}
        </code>
        <Button
          variant="plain"
          onClick={text === null ? reveal : () => setIsHidden(true)}
          loading={revealing.isBusy}
          accessibilityLabel={`${text === null ? "Show" : "Hide"} key ending in ${end}`}
        >
          {text === null ? "Show key" : "Hide key"}
        </Button>
      </InlineStack>
      {revealing.refusal && (
        <Text as="p" tone="critical">
          {revealing.refusal.message}
        </Text>
      )}
    </>
  );
}
