import { db } from "~/db.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { lineFacts, orderFacts } from "../factories/order-facts";
import type { BenchShop } from "./shop-with-products";

/** One new order of three lines, reconciled as a webhook would have it. */
export function reconcile(shop: BenchShop, piece: number) {
  const at = new Date();
  const facts = orderFacts({
    shopifyId: `gid://shopify/Order/${6_000_000_000_000 + piece}`,
    email: null, // no message: the job is the one that marks the lines fulfilled
    processedAt: at,
    updatedAt: at,
    lines: shop.productNumbers.map((number) =>
      lineFacts({
        productId: `gid://shopify/Product/${number}`,
        variantId: `gid://shopify/ProductVariant/${number}`,
      }),
    ),
  });
  return reconcileOrder(shop.id, facts);
}

export const close = () => db.$disconnect();
