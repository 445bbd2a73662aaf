import type { Order, Refund, Shop } from "./model.ts";
import { orderPayload, refundPayload, transactionPayload } from "./order-payload.ts";
import type { ShopData } from "./shop-data.ts";
import type { Message } from "./webhook-outbox.ts";

/** The whole order, under `topics` and, as after any change, `orders/updated`. */
export function orderMessages(order: Order, shop: Shop, data: ShopData, topics: string[] = []): Message[] {
  const customer = order.customerId === null ? null : data.findCustomer(order.customerId, shop.domain);
  const payload = orderPayload(order, shop, customer);
  return [...topics, "orders/updated"].map((topic) => ({ topic, payload }));
}

/** @param from  how many of its transactions were told before */
export function transactionMessages(order: Order, shop: Shop, from: number): Message[] {
  return order.transactions.slice(from).map((transaction) => ({
    topic: "order_transactions/create",
    payload: transactionPayload(transaction, order, shop),
  }));
}

export function refundMessages(given: Refund | null, order: Order, shop: Shop): Message[] {
  return given ? [{ topic: "refunds/create", payload: refundPayload(given, order, shop) }] : [];
}
