import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listAttachments } from "~/domain/attachment/list-attachments.server";
import { findLastPastRun } from "~/domain/bulk-run/find-run.server";
import { productIdFrom } from "~/domain/attachment/product-id";
import { findProduct } from "~/gateways/shopify/find-product.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";
import { requireShop } from "~/http/require-shop.server";
import { NotFound } from "~/ui/not-found";
import { ProductPage } from "./product-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.product?.title ?? "Product"} – Featherpost` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const productId = productIdFrom(params.productId);
  if (!productId) throw notFound();

  const [attachments, lastRun, { product, isAvailable }] = await Promise.all([
    listAttachments(shop.id, [productId]),
    findLastPastRun(shop.id, productId),
    readProduct(shop.admin, productId),
  ]);
  if (!product && isAvailable && attachments.length === 0) throw notFound();

  const { downloadLimit, accessDays, updatePolicy, updateMonths } = shop;
  const policy = { downloadLimit, accessDays, updatePolicy, updateMonths };
  return json({ productId, product, isAvailable, attachments, policy, lastRun });
}

async function readProduct(...query: Parameters<typeof findProduct>) {
  try {
    return { product: await findProduct(...query), isAvailable: true };
  } catch (error) {
    if (error instanceof ShopifyUnavailable) return { product: null, isAvailable: false };
    throw error;
  }
}

function notFound() {
  return new Response("Your store has no such product.", { status: 404 });
}

export default function Product() {
  return <ProductPage {...useLoaderData<typeof loader>()} />;
}

export function ErrorBoundary() {
  return (
    <NotFound
      title="Product not found"
      text="Your store has no such product. It may have been deleted."
      back={{ content: "Products", url: "/app/products" }}
    />
  );
}
