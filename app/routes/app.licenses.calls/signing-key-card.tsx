import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useCallback, useState } from "react";
import { Moment } from "~/ui/moment";
import { ReplaceKeyModal } from "./replace-key-modal";

type Key = { kid: string; createdAt: string; trustedUntil: string | null };

/** What signs offline licenses, and what signed them before. */
export function SigningKeyCard({ keys, graceDays }: { keys: Key[]; graceDays: number }) {
  const [isReplacing, setIsReplacing] = useState(false);
  const close = useCallback(() => setIsReplacing(false), []);

  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Offline licenses
          </Text>
          <Button onClick={() => setIsReplacing(true)}>Replace signing key</Button>
        </InlineStack>
        <Text as="p" tone="subdued">
          An activation answers a signed license that your software checks without asking anyone, for{" "}
          {graceDays === 1 ? "1 day" : `${graceDays} days`}. A license that you revoke ends on an offline machine when
          these days are over, or when the machine asks again.
        </Text>
        <BlockStack gap="100">
          {keys.map(({ kid, createdAt, trustedUntil }) => (
            <Text as="p" key={kid} breakWord tone={trustedUntil ? "subdued" : undefined}>
              <code>{kid}</code>{" "}
              {trustedUntil ? (
                <>
                  was replaced; what it signed is good until <Moment at={trustedUntil} />
                </>
              ) : (
                <>
                  signs since <Moment at={createdAt} />
                </>
              )}
            </Text>
          ))}
        </BlockStack>
      </BlockStack>
      {isReplacing && <ReplaceKeyModal graceDays={graceDays} onClose={close} />}
    </Card>
  );
}
