import { db } from "~/db.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import type { BenchShop } from "./shop-with-products";

/** One new order of three lines, reconciled as a webhook would have it. */
export function reconcile(shop: BenchShop, piece: number) {
  const number = 6_000_000_000_000 + piece;
  const at = new Date();
  return reconcileOrder(shop.id, {
    shopifyId: `gid://shopify/Order/${number}`,
    name: `#${piece}`,
    email: null, // no message: the job is the one that marks the lines fulfilled
    customerId: `gid://shopify/Customer/${number}`,
    checkoutToken: `checkout-${number}`,
    locale: "en",
    sourceName: "web",
    riskLevel: null,
    financialStatus: "paid",
    isFree: false,
    cancelledAt: null,
    processedAt: at,
    paidAt: null,
    paidFor: null,
    updatedAt: at,
    lines: shop.productNumbers.map((productNumber, index) => ({
      shopifyId: `gid://shopify/LineItem/${number}${index}`,
      productId: `gid://shopify/Product/${productNumber}`,
      variantId: `gid://shopify/ProductVariant/${productNumber}`,
      title: `Product ${index}`,
      variantTitle: null,
      sku: null,
      quantity: 1,
      currentQuantity: 1,
    })),
  });
}

export const close = () => db.$disconnect();
