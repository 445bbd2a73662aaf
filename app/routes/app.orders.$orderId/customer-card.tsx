import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

export function CustomerCard({ email, children }: { email: string | null; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Customer
        </Text>
        <Text as="p" breakWord>
          {email ?? "Gave no email address"}
        </Text>
        <Text as="p" tone="subdued">
          {children}
        </Text>
      </BlockStack>
    </Card>
  );
}
