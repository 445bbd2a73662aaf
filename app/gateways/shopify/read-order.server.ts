import { z } from "zod";
import type { LineFacts, OrderFacts } from "~/domain/order/order-facts";
import { adminOf, type AdminApi } from "./admin.server";
import { isUnpaidAfterEdit, lineFactsFrom, orderFactsFrom, orderFields, ShopifyOrder } from "./order-parts";
import { queryPatiently } from "./query-patiently.server";
import { readPaidFor } from "./read-paid-for.server";
import { ShopifyUnavailable } from "./shopify-unavailable";

const LINES_PER_PAGE = 100;
const TRANSACTIONS = 50;
const TRIES = 5;

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
  for (let tried = 0; tried < TRIES; tried++) {
    const read = await readAtOneMoment(admin, shopifyId);
    if (read !== "changed") return read;
  }
  throw new ShopifyUnavailable("The order changed every time while it was being read");
}

/** @returns "changed" when it did between two pages: lines of before must not pass for those of after. */
async function readAtOneMoment(admin: AdminApi, shopifyId: string): Promise<OrderFacts | null | "changed"> {
  const lines: LineFacts[] = [];
  let after: string | null = null;
  let updatedAt: Date | null = null;
  for (;;) {
    const { order }: z.infer<typeof ReadOrder> = await queryPatiently(admin, ReadOrder, ORDER_QUERY, {
      id: shopifyId,
      lines: LINES_PER_PAGE,
      transactions: TRANSACTIONS,
      after,
    });
    if (!order) return null;
    if (updatedAt && updatedAt.getTime() !== order.updatedAt.getTime()) return "changed";

    lines.push(...lineFactsFrom(order));
    if (!order.lineItems.pageInfo.hasNextPage) {
      return orderFactsFrom(order, lines, isUnpaidAfterEdit(order) ? await readPaidFor(admin, order.id) : null);
    }
    after = order.lineItems.pageInfo.endCursor;
    updatedAt = order.updatedAt;
  }
}
