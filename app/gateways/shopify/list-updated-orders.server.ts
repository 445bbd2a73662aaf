import { z } from "zod";
import type { OrderFacts } from "~/domain/order/order-facts";
import { adminOf } from "./admin.server";
import { isUnpaidAfterEdit, lineFactsFrom, orderFactsFrom, orderFields, ShopifyOrder } from "./order-parts";
import { queryPatiently } from "./query-patiently.server";
import { readOrder } from "./read-order.server";

/** Shopify lets one query cost 1,000 points; orders bigger than this are read one by one. */
const ORDERS_PER_PAGE = 20;
const LINES = 10;
const TRANSACTIONS = 5;

const ORDERS_QUERY = `#graphql
  query ListUpdatedOrders($query: String!, $orders: Int!, $lines: Int!, $transactions: Int!, $cursor: String, $after: String) {
    orders(first: $orders, after: $cursor, sortKey: UPDATED_AT, query: $query) {
      nodes { ${orderFields} }
      pageInfo { hasNextPage endCursor }
    }
  }`;

const UpdatedOrders = z.object({
  orders: z.object({
    nodes: z.array(ShopifyOrder),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

export type UpdatedOrders = {
  /** The one changed longest ago first; each as it is now. */
  orders: OrderFacts[];
  /** null: these were the last. */
  next: string | null;
};

/**
 * A page of the orders that changed in Shopify, whatever their status.
 *
 * @param since   the first moment that counts, in whole seconds of Shopify's clock
 * @param cursor  `next` of the page before; null begins
 * @throws ShopifyUnavailable
 */
export async function listUpdatedOrders(
  shopDomain: string,
  since: Date,
  cursor: string | null,
): Promise<UpdatedOrders> {
  const admin = await adminOf(shopDomain);
  const { orders } = await queryPatiently(admin, UpdatedOrders, ORDERS_QUERY, {
    query: `updated_at:>='${since.toISOString()}' AND status:any`,
    orders: ORDERS_PER_PAGE,
    lines: LINES,
    transactions: TRANSACTIONS,
    cursor,
    after: null,
  });

  const found: OrderFacts[] = [];
  for (const order of orders.nodes) {
    const facts = isWhole(order)
      ? orderFactsFrom(order, lineFactsFrom(order), null)
      : await readOrder(shopDomain, order.id);
    if (facts) found.push(facts);
  }
  return { orders: found, next: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null };
}

function isWhole(order: ShopifyOrder): boolean {
  const { lineItems, transactions } = order;
  return !lineItems.pageInfo.hasNextPage && transactions.length < TRANSACTIONS && !isUnpaidAfterEdit(order);
}
