import { Badge } from "@shopify/polaris";
import type { ProductStatus } from "~/gateways/shopify/product-parts";

const badges: Record<ProductStatus, { tone?: "success" | "info"; words: string }> = {
  active: { tone: "success", words: "Active" },
  draft: { tone: "info", words: "Draft" },
  archived: { words: "Archived" },
  unlisted: { words: "Unlisted" },
  other: { words: "Other" },
};

/** @param status  null: deleted in Shopify */
export function ProductStatusBadge({ status }: { status: ProductStatus | null }) {
  if (status === null) return <Badge tone="critical">Deleted</Badge>;
  const { tone, words } = badges[status];
  return <Badge tone={tone}>{words}</Badge>;
}
