import { Icon, InlineStack, Text } from "@shopify/polaris";
import { AlertTriangleIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";

/** One thing that waits for a person, and what settles it. */
export function Concern({ children, action }: { children: ReactNode; action: ReactNode }) {
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <div style={{ flex: "1 1 260px" }}>
        <InlineStack align="start" gap="200" blockAlign="start" wrap={false}>
          <span>
            <Icon source={AlertTriangleIcon} tone="caution" />
          </span>
          <Text as="p">{children}</Text>
        </InlineStack>
      </div>
      {action}
    </InlineStack>
  );
}
