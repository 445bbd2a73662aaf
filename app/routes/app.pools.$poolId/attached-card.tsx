import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import type { AttachedProduct } from "~/domain/attachment/given-by";
import { AttachedProducts } from "~/ui/attached-products";

/** The products that give keys of this pool. */
export function AttachedCard({ products }: { products: AttachedProduct[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Given by
        </Text>
        {products.length === 0 && (
          <Text as="p" tone="subdued">
            No product gives these keys yet. <Link url="/app/products">Attach the pool to a product</Link>
          </Text>
        )}
        <AttachedProducts products={products} />
      </BlockStack>
    </Card>
  );
}
