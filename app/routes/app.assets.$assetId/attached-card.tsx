import { BlockStack, Card, Link, Text } from "@shopify/polaris";

/** A product that gives the asset. `variantCount` is null when all its variants do. */
export type AttachedProduct = { number: string; title: string; variantCount: number | null };

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
          {products.map(({ number, title, variantCount }) => (
            <BlockStack key={number}>
              <Link url={`/app/products/${number}`}>{title}</Link>
              <Text as="span" variant="bodySm" tone="subdued">
                {variantCount === null
                  ? "All variants"
                  : `${variantCount} ${variantCount === 1 ? "variant" : "variants"}`}
              </Text>
            </BlockStack>
          ))}
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
