import { BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { CopyButton } from "~/ui/copy-button";

type Props = { appUrl: string; shopDomain: string };

/** What a developer needs to call: where, as which shop, and an example to paste into a terminal. */
export function CallsCard({ appUrl, shopDomain }: Props) {
  const call = [
    `curl ${appUrl}/api/licenses/activate \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '{"shop": "${shopDomain}", "key": "THE-CUSTOMERS-KEY", "fingerprint": "machine-1"}'`,
  ].join("\n");

  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            For your developers
          </Text>
          <CopyButton text={call} label="Copy" />
        </InlineStack>
        <Text as="p" tone="subdued">
          No token is needed: who has a key may ask about it. <code>activate</code> ties it to a machine,{" "}
          <code>deactivate</code> frees the place, <code>validate</code> says whether it is good.{" "}
          <Link url={`${appUrl}/api/openapi.json`} target="_blank">
            The OpenAPI document
          </Link>{" "}
          describes every call.
        </Text>
        <Box background="bg-surface-secondary" padding="300" borderRadius="200" overflowX="scroll">
          <pre style={{ margin: 0 }} tabIndex={0} aria-label="Example call">
            <code>{call}</code>
          </pre>
        </Box>
      </BlockStack>
    </Card>
  );
}
