import type { LineFacts, OrderFacts } from "~/domain/order/order-facts";
import { nextNumber } from "./next-number";

/** What Shopify says of a paid order, placed and paid at 2026-01-15 12:00 UTC, of one line of one unit. */
export function orderFacts(over: Partial<OrderFacts> = {}): OrderFacts {
  const number = nextNumber();
  const at = new Date("2026-01-15T12:00:00Z");
  return {
    shopifyId: `gid://shopify/Order/${number}`,
    name: `#${number}`,
    email: `buyer-${number}@example.com`,
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
    lines: [lineFacts()],
    ...over,
  };
}

/** One unit of a product that exists. */
export function lineFacts(over: Partial<LineFacts> = {}): LineFacts {
  const number = nextNumber();
  const quantity = over.quantity ?? 1;
  return {
    shopifyId: `gid://shopify/LineItem/${number}`,
    productId: `gid://shopify/Product/${number}`,
    variantId: `gid://shopify/ProductVariant/${number}`,
    title: `Product ${number}`,
    variantTitle: null,
    sku: null,
    quantity,
    currentQuantity: quantity,
    ...over,
  };
}
