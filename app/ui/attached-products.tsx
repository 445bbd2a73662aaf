import { BlockStack, Link, Text } from "@shopify/polaris";
import type { AttachedProduct } from "~/domain/attachment/given-by";

/** Products that give something, each with how many of its variants do. */
export function AttachedProducts({ products }: { products: AttachedProduct[] }) {
  return products.map(({ number, title, variantCount }) => (
    <BlockStack key={number}>
      <Link url={`/app/products/${number}`} removeUnderline>
        {title}
      </Link>
      <Text as="span" variant="bodySm" tone="subdued">
        {variantCount === null ? "All variants" : `${variantCount} ${variantCount === 1 ? "variant" : "variants"}`}
      </Text>
    </BlockStack>
  ));
}
