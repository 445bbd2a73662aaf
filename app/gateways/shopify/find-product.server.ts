import { z } from "zod";
import type { AdminApi } from "./admin.server";
import { ListedProduct, listedProductFields, listedProductFrom, type ProductListing } from "./product-parts";
import { query } from "./query.server";

export type ProductVariant = { id: string; title: string; sku: string | null };

export type Product = ProductListing & { hasOnlyDefaultVariant: boolean; variants: ProductVariant[] };

const VARIANTS_PER_PAGE = 100;

const PRODUCT_QUERY = `#graphql
  query FindProduct($id: ID!, $variants: Int!, $after: String) {
    product(id: $id) {
      ${listedProductFields}
      hasOnlyDefaultVariant
      variants(first: $variants, after: $after) {
        nodes { id title sku }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const Found = z.object({
  product: ListedProduct.extend({
    hasOnlyDefaultVariant: z.boolean(),
    variants: z.object({
      nodes: z.array(z.object({ id: z.string(), title: z.string(), sku: z.string().nullable() })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }).nullable(),
});

/**
 * One product with all its variants, in the merchant's order.
 *
 * @param productId  gid://shopify/Product/…
 * @returns null when the shop has no such product (any more).
 * @throws ShopifyUnavailable
 */
export async function findProduct(admin: AdminApi, productId: string): Promise<Product | null> {
  const variants: ProductVariant[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id: productId, variants: VARIANTS_PER_PAGE, after };
    const { product } = await query(admin, Found, PRODUCT_QUERY, page);
    if (!product) return null;

    variants.push(...product.variants.nodes);
    const { pageInfo } = product.variants;
    if (!pageInfo.hasNextPage) {
      return { ...listedProductFrom(product), hasOnlyDefaultVariant: product.hasOnlyDefaultVariant, variants };
    }
    after = pageInfo.endCursor;
  }
}
