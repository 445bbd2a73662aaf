import { z } from "zod";
import type { LineFacts, OrderFacts } from "~/domain/order/order-facts";
import { adminOf } from "./admin.server";
import { lineFactsFrom, orderFactsFrom, orderFields, ShopifyOrder } from "./order-parts";
import { queryPatiently } from "./query-patiently.server";

const LINES_PER_PAGE = 100;
const TRANSACTIONS = 50;

const ORDER_QUERY = `#graphql
  query ReadOrder($id: ID!, $lines: Int!, $after: String, $transactions: Int!) {
    order(id: $id) { ${orderFields} }
  }`;

const ReadOrder = z.object({ order: ShopifyOrder.nullable() });

/**
 * What Shopify says an order is now, all its lines and the moment it was paid included.
 *
 * @param shopifyId  gid://shopify/Order/…
 * @returns null when the order does not exist or is out of the app's reach.
 * @throws ShopifyUnavailable
 */
export async function readOrder(shopDomain: string, shopifyId: string): Promise<OrderFacts | null> {
  const admin = await adminOf(shopDomain);
  const lines: LineFacts[] = [];
  let after: string | null = null;
  for (;;) {
    const { order }: z.infer<typeof ReadOrder> = await queryPatiently(admin, ReadOrder, ORDER_QUERY, {
      id: shopifyId,
      lines: LINES_PER_PAGE,
      transactions: TRANSACTIONS,
      after,
    });
    if (!order) return null;

    lines.push(...lineFactsFrom(order));
    if (!order.lineItems.pageInfo.hasNextPage) return orderFactsFrom(order, lines);
    after = order.lineItems.pageInfo.endCursor;
  }
}
