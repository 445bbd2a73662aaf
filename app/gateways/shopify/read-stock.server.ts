import { z } from "zod";
import type { AdminApi } from "./admin.server";
import { queryPatiently } from "./query-patiently.server";

const VARIANTS_PER_PAGE = 20;

const STOCK_PARTS = `#graphql
  fragment Stock on ProductVariant {
    id
    displayName
    inventoryPolicy
    inventoryItem {
      id
      tracked
      inventoryLevels(first: 5) { nodes { location { id } quantities(names: ["available"]) { quantity } } }
    }
  }`;

const PRODUCT_QUERY = `#graphql
  query ReadProductStock($id: ID!, $variants: Int!, $after: String) {
    product(id: $id) {
      variants(first: $variants, after: $after) { nodes { ...Stock } pageInfo { hasNextPage endCursor } }
    }
  }
  ${STOCK_PARTS}`;

const VARIANT_QUERY = `#graphql
  query ReadVariantStock($id: ID!) { productVariant(id: $id) { ...Stock } }
  ${STOCK_PARTS}`;

const Stock = z.object({
  id: z.string(),
  displayName: z.string(),
  inventoryPolicy: z.enum(["DENY", "CONTINUE"]),
  inventoryItem: z.object({
    id: z.string(),
    tracked: z.boolean(),
    inventoryLevels: z.object({
      nodes: z.array(
        z.object({
          location: z.object({ id: z.string() }),
          quantities: z.tuple([z.object({ quantity: z.int() })]),
        }),
      ),
    }),
  }),
});

const ProductStock = z.object({
  product: z
    .object({
      variants: z.object({
        nodes: z.array(Stock),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});

const OneStock = z.object({ productVariant: Stock.nullable() });

/** What Shopify counts of a variant. */
export type VariantStock = {
  productId: string;
  variantId: string;
  /** "Synth Pro", or "Sound Library - WAV" */
  title: string;
  itemId: string;
  isTracked: boolean;
  /** It can be bought although none is left. */
  sellsWithoutStock: boolean;
  /** What is left to sell, location by location. */
  levels: { locationId: string; available: number }[];
};

/**
 * What Shopify counts of a variant or, without one, of all variants of a product; a product that is gone has none.
 *
 * @throws ShopifyDenied when the merchant has not granted it; ShopifyUnavailable when it is worth trying again.
 */
export async function readStock(admin: AdminApi, productId: string, variantId: string | null): Promise<VariantStock[]> {
  if (variantId) {
    const { productVariant } = await queryPatiently(admin, OneStock, VARIANT_QUERY, { id: variantId });
    return productVariant ? [stockOf(productId, productVariant)] : [];
  }
  const stocks: VariantStock[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id: productId, variants: VARIANTS_PER_PAGE, after };
    const { product } = await queryPatiently(admin, ProductStock, PRODUCT_QUERY, page);
    if (!product) return stocks;

    stocks.push(...product.variants.nodes.map((variant) => stockOf(productId, variant)));
    if (!product.variants.pageInfo.hasNextPage) return stocks;
    after = product.variants.pageInfo.endCursor;
  }
}

function stockOf(productId: string, variant: z.infer<typeof Stock>): VariantStock {
  const { id, displayName, inventoryPolicy, inventoryItem } = variant;
  return {
    productId,
    variantId: id,
    title: displayName.replace(/ - Default Title$/, ""),
    itemId: inventoryItem.id,
    isTracked: inventoryItem.tracked,
    sellsWithoutStock: inventoryPolicy === "CONTINUE",
    levels: inventoryItem.inventoryLevels.nodes.map(({ location, quantities: [{ quantity }] }) => {
      return { locationId: location.id, available: quantity };
    }),
  };
}
