import { BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

/** A call to paste into a terminal. */
export function CallCard({ title, call, children }: { title: string; call: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <CopyButton text={call} label="Copy" />
        </InlineStack>
        <Text as="p" tone="subdued">
          {children}
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
