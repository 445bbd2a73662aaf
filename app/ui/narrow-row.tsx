import { BlockStack } from "@shopify/polaris";
import type { ReactNode } from "react";

/** What stands in a table's row on a phone, where its cells have no room beside each other. */
export function NarrowRow({ children }: { children: ReactNode }) {
  return (
    <div style={{ padding: "12px 16px", width: "100%", minWidth: 0, whiteSpace: "normal" }}>
      <BlockStack gap="100">{children}</BlockStack>
    </div>
  );
}
