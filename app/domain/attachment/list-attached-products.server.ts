import type { AdminApi } from "~/gateways/shopify/admin.server";
import { listProductsById } from "~/gateways/shopify/list-products.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";
import type { AttachedProduct } from "./given-by";
import { digitsOf } from "./product-id";

const MOST_NAMED = 250;

/**
 * The products of some attachments, as Shopify calls them.
 *
 * Its being slow to answer is no reason to show nothing: they are then told by number.
 */
export async function listAttachedProducts(
  admin: AdminApi,
  attachments: { productId: string; variantId: string | null }[],
): Promise<AttachedProduct[]> {
  const byProduct = Map.groupBy(attachments, ({ productId }) => productId);
  const ids = [...byProduct.keys()].slice(0, MOST_NAMED);
  const named = await listProductsById(admin, ids).catch(ignoreUnavailable);

  return [...byProduct].map(([productId, given]) => {
    const number = digitsOf(productId);
    const isWhole = given.some(({ variantId }) => variantId === null);
    const title = named?.get(productId)?.title ?? `Product ${number}`;
    return { number, title, variantCount: isWhole ? null : given.length };
  });
}

function ignoreUnavailable(error: unknown): null {
  if (error instanceof ShopifyUnavailable) return null;
  throw error;
}
