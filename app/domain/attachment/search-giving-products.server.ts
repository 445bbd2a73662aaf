import type { AdminApi } from "~/gateways/shopify/admin.server";
import { listProductsById } from "~/gateways/shopify/list-products.server";
import type { ProductListing } from "~/gateways/shopify/product-parts";
import { listGivingProducts, type GivingProductsPlace } from "./list-giving-products.server";

const BATCH = 50;
const MAX_BATCHES = 4;

/** `listing` is null for a product that was deleted in Shopify. */
export type GivingProduct = { id: string; listing: ProductListing | null };

/** Places to go on from; null where the list ends. */
export type GivingProductsPage = { products: GivingProduct[]; next: string | null; previous: string | null };

/**
 * One page of the products that give something, as Shopify knows them now.
 *
 * Shopify knows the titles and we know what gives something, so a search looks at up to 200 products
 * a page: it may find fewer than `limit` and still have a next page.
 *
 * @param search  a part of the title, in any case
 * @param place   `next` or `previous` of another page; `before` wins
 * @throws ShopifyUnavailable
 */
export async function searchGivingProducts(
  admin: AdminApi,
  shopId: string,
  { search = "", place = {}, limit }: { search?: string; place?: GivingProductsPlace; limit: number },
): Promise<GivingProductsPage> {
  const isBackward = place.before !== undefined;
  const found: GivingProduct[] = [];
  let edge = isBackward ? place.before : place.after;
  let hasMore = true;
  for (let batch = 0; batch < MAX_BATCHES && hasMore && found.length <= limit; batch++) {
    const ids = await listGivingProducts(shopId, isBackward ? { before: edge } : { after: edge }, BATCH);
    const listings = await listProductsById(admin, ids);
    const products = ids.map((id) => ({ id, listing: listings.get(id) ?? null }));
    if (isBackward) products.reverse();

    found.push(...products.filter(({ listing }) => matches(listing, search)));
    edge = products.at(-1)?.id ?? edge;
    hasMore = ids.length === BATCH;
  }

  const page = found.slice(0, limit);
  const beyond = found.length > limit ? page.at(-1)?.id : hasMore ? edge : null;
  if (isBackward) return { products: page.reverse(), next: page.at(-1)?.id ?? null, previous: beyond ?? null };
  return { products: page, next: beyond ?? null, previous: place.after ? (page[0]?.id ?? place.after) : null };
}

function matches(listing: ProductListing | null, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return !wanted || (listing?.title.toLowerCase().includes(wanted) ?? false);
}
