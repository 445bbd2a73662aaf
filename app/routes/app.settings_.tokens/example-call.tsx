import { BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";
import { CopyButton } from "~/ui/copy-button";

/** A call to paste into a terminal. */
export function ExampleCall({ appUrl }: { appUrl: string }) {
  const call = [
    `curl ${appUrl}/api/licenses \\`,
    '  -H "Authorization: Bearer fp_…" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"pool": "Synth Pro keys", "email": "ann@example.com", "reference": "invoice-1"}'`,
  ].join("\n");

  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            An example
          </Text>
          <CopyButton text={call} label="Copy" />
        </InlineStack>
        <Text as="p" tone="subdued">
          Takes a key out of a pool for a customer. The same reference again answers the same license.
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
