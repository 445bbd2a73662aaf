import { BlockStack, Card, Link, Text } from "@shopify/polaris";

/** `variants`: how many of its variants give keys; null: the whole product. */
export type AttachedProduct = { number: string; title: string; variants: number | null };

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
        {products.map(({ number, title, variants }) => (
          <BlockStack key={number}>
            <Link url={`/app/products/${number}`} removeUnderline>
              {title}
            </Link>
            {variants !== null && (
              <Text as="span" variant="bodySm" tone="subdued">
                {variants === 1 ? "1 variant" : `${variants} variants`}
              </Text>
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
