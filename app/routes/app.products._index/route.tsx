import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { givenInShort } from "~/domain/attachment/given-by";
import { listAttachments } from "~/domain/attachment/list-attachments.server";
import { digitsOf } from "~/domain/attachment/product-id";
import { searchGivingProducts } from "~/domain/attachment/search-giving-products.server";
import { listProducts } from "~/gateways/shopify/list-products.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";
import { requireShop } from "~/http/require-shop.server";
import type { ProductRow } from "./product-row";
import { ProductsPage } from "./products-page";

const PAGE_SIZE = 25;

export const meta = () => [{ title: "Products – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const view = { search: params.get("search") ?? "", onlyGiving: params.get("gives") === "something" };
  const place = { after: params.get("after") ?? undefined, before: params.get("before") ?? undefined };

  try {
    const page = view.onlyGiving
      ? await searchGivingProducts(shop.admin, shop.id, { search: view.search, place, limit: PAGE_SIZE })
      : await allProducts(shop.admin, { search: view.search, place, limit: PAGE_SIZE });
    return json({ ...view, isAvailable: true, ...page, products: await rowsOf(shop.id, page.products) });
  } catch (error) {
    if (!(error instanceof ShopifyUnavailable)) throw error;
    const nothing = { products: [] as ProductRow[], next: null, previous: null };
    return json({ ...view, isAvailable: false, ...nothing }, 503);
  }
}

async function allProducts(...query: Parameters<typeof listProducts>) {
  const { products, ...places } = await listProducts(...query);
  return { ...places, products: products.map((listing) => ({ id: listing.id, listing })) };
}

type Found = Awaited<ReturnType<typeof searchGivingProducts>>["products"];

async function rowsOf(shopId: string, products: Found): Promise<ProductRow[]> {
  const ids = products.map(({ id }) => id);
  const attachments = Map.groupBy(await listAttachments(shopId, ids), ({ productId }) => productId);

  return products.map(({ id, listing }) => ({
    id,
    url: `/app/products/${digitsOf(id)}`,
    title: listing?.title ?? `Deleted product ${digitsOf(id)}`,
    status: listing?.status ?? null,
    imageUrl: listing?.imageUrl ?? null,
    variantsCount: listing?.variantsCount ?? 0,
    gives: givenInShort(attachments.get(id) ?? []),
  }));
}

export default function Products() {
  return <ProductsPage {...useLoaderData<typeof loader>()} />;
}
