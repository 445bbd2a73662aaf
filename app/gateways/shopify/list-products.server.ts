import { z } from "zod";
import type { AdminApi } from "./admin.server";
import { ListedProduct, listedProductFields, listedProductFrom, type ProductListing } from "./product-parts";
import { query } from "./query.server";

export type ProductsPlace = { after?: string; before?: string };

/** Cursors are Shopify's; null where the list ends. */
export type ProductPage = { products: ProductListing[]; next: string | null; previous: string | null };

const PRODUCTS_QUERY = `#graphql
  query ListProducts($first: Int, $last: Int, $after: String, $before: String, $query: String) {
    products(first: $first, last: $last, after: $after, before: $before, query: $query, sortKey: TITLE) {
      nodes { ${listedProductFields} }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;

const Products = z.object({
  products: z.object({
    nodes: z.array(ListedProduct),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      hasPreviousPage: z.boolean(),
      startCursor: z.string().nullable(),
      endCursor: z.string().nullable(),
    }),
  }),
});

const NODES_QUERY = `#graphql
  query ListProductsById($ids: [ID!]!) {
    nodes(ids: $ids) { ... on Product { ${listedProductFields} } }
  }`;

const Nodes = z.object({ nodes: z.array(ListedProduct.nullable()) });

/**
 * One page of the shop's products, by title.
 *
 * @param search  words as a person types them; the last may be the beginning of one
 * @param place   a cursor of an earlier page; `before` wins
 * @throws ShopifyUnavailable
 */
export async function listProducts(
  admin: AdminApi,
  { search, place = {}, limit }: { search?: string; place?: ProductsPlace; limit: number },
): Promise<ProductPage> {
  const window = place.before ? { last: limit, before: place.before } : { first: limit, after: place.after ?? null };
  const { products } = await query(admin, Products, PRODUCTS_QUERY, { ...window, query: productSearch(search ?? "") });
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = products.pageInfo;

  return {
    products: products.nodes.map(listedProductFrom),
    next: hasNextPage ? endCursor : null,
    previous: hasPreviousPage ? startCursor : null,
  };
}

/**
 * The products of these gids that exist, by gid.
 *
 * @param productIds  up to 250, as Shopify allows
 * @throws ShopifyUnavailable
 */
export async function listProductsById(admin: AdminApi, productIds: string[]): Promise<Map<string, ProductListing>> {
  if (productIds.length === 0) return new Map();

  const { nodes } = await query(admin, Nodes, NODES_QUERY, { ids: productIds });
  return new Map(nodes.flatMap((node) => (node ? [[node.id, listedProductFrom(node)] as const] : [])));
}

/** What was typed, in Shopify's search syntax: no character of it has a meaning there, the last word may be cut off. */
function productSearch(typed: string): string | null {
  const words = typed.split(/[\s"\\:*()<>=]+/).filter((word) => word && !/^(AND|OR|NOT|-+)$/.test(word));
  const plain = words.map((word) => word.replace(/^-+/, ""));
  return plain.length > 0 ? `${plain.join(" ")}*` : null;
}
