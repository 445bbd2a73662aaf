import type { Order, OrderLine, Product } from "./model.ts";
import { amountFrom } from "./money.ts";
import { orderTotals } from "./order-totals.ts";
import type { Store } from "./store.ts";

export function productAnswer(product: Product) {
  return {
    product: {
      id: product.id,
      title: product.title,
      handle: product.handle,
      variants: product.variants.map(({ id, title, sku, priceCents }) => ({
        id,
        title,
        sku,
        price: amountFrom(priceCents),
      })),
    },
  };
}

export function orderAnswer(order: Order) {
  const totals = orderTotals(order);
  return {
    id: order.id,
    name: order.name,
    shop: order.shop,
    email: order.email,
    phone: order.phone,
    locale: order.locale,
    sourceName: order.sourceName,
    customerId: order.customerId,
    checkoutToken: order.checkoutToken,
    token: order.token,
    statusPageUrl: order.statusPageUrl,
    financialStatus: order.financialStatus,
    riskLevel: order.riskLevel,
    total: amountFrom(totals.totalCents),
    currentTotal: amountFrom(totals.currentCents),
    refunded: amountFrom(totals.refundedCents),
    lines: order.lines.map(lineAnswer),
    refunds: order.refunds.map(({ id, lines }) => ({
      id,
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    })),
    cancelledAt: order.cancelledAt,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

/** Everything in one shop; webhooks newest first. */
export function stateAnswer(store: Store, domain?: string) {
  const shop = store.shop(domain);
  return {
    shop: {
      id: shop.id,
      domain: shop.domain,
      name: shop.name,
      installedAt: shop.installedAt,
      grantedScopes: shop.grantedScopes,
    },
    shops: store.shops().map((known) => ({ domain: known.domain, installedAt: known.installedAt })),
    products: store.products(shop.domain).map((product) => productAnswer(product).product),
    customers: store
      .customers(shop.domain)
      .map(({ id, email, phone, firstName, lastName }) => ({ id, email, phone, firstName, lastName })),
    orders: store.orders(shop.domain).map(orderAnswer),
    webhooks: store.deliveries(shop.domain).map((delivery) => ({
      webhookId: delivery.webhookId,
      eventId: delivery.eventId,
      topic: delivery.topic,
      shop: delivery.shop,
      url: delivery.url,
      state: delivery.state,
      attempts: delivery.attempts,
      nextAttemptAt: delivery.nextAttemptAt,
      createdAt: delivery.createdAt,
    })),
    faults: store.faults(),
  };
}

function lineAnswer({
  id,
  variantId,
  productId,
  title,
  variantTitle,
  sku,
  priceCents,
  quantity,
  currentQuantity,
}: OrderLine) {
  return {
    id,
    variantId,
    productId,
    title,
    variantTitle,
    sku,
    price: amountFrom(priceCents),
    quantity,
    currentQuantity,
  };
}
