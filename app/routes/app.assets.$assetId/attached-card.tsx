import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import type { AttachedProduct } from "~/domain/attachment/given-by";
import { AttachedProducts } from "~/ui/attached-products";

export function AttachedCard({ products, grantCount }: { products: AttachedProduct[]; grantCount: number }) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingSm">
            Attached to
          </Text>
          {products.length === 0 && (
            <Text as="p" tone="subdued">
              No product gives this yet. <Link url="/app/products">Choose a product</Link>
            </Text>
          )}
          <AttachedProducts products={products} />
        </BlockStack>
        <Text as="p" tone="subdued">
          {grantCount === 0
            ? "Nobody was granted this yet."
            : `Granted ${grantCount === 1 ? "once" : `${grantCount.toLocaleString("en")} times`}.`}
        </Text>
      </BlockStack>
    </Card>
  );
}
