import { callApp, isRecord, type Answer } from "./call-app";
import { readGrants, type Grant } from "./grant";
import type { Host } from "./host";

/** Which order, and what shows that the viewer may see it besides being signed in. */
export type OrderProof = {
  /** gid://shopify/Order/… */
  order: string;
  /** The token of the checkout that made the order, where the page knows it. */
  checkout?: string;
};

export type OrderGrants = { id: string; name: string; grants: Grant[] };

export type OrdersPage = {
  orders: OrderGrants[];
  /** Cursor of the page after this one; null: this is the last. */
  next: string | null;
};

/** What one order gives. */
export function findDeliveries(host: Host, { order, checkout }: OrderProof): Promise<Answer<OrderGrants>> {
  return callApp(host, {
    method: "GET",
    path: `/customer/deliveries?${query({ order, checkout })}`,
    read: (answer) => (isRecord(answer) ? readOrder(answer.order, answer.grants) : null),
  });
}

/** What the signed-in customer's orders give, newest order first. */
export function listDeliveries(host: Host, after: string | null): Promise<Answer<OrdersPage>> {
  return callApp(host, {
    method: "GET",
    path: after === null ? "/customer/deliveries" : `/customer/deliveries?${query({ after })}`,
    read: readPage,
  });
}

function query(parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(given).toString();
}

function readPage(answer: unknown): OrdersPage | null {
  if (!isRecord(answer) || !Array.isArray(answer.orders)) return null;
  const orders = answer.orders.map((order: unknown) => (isRecord(order) ? readOrder(order, order.grants) : null));
  if (!orders.every((order) => order !== null)) return null;
  return { orders, next: typeof answer.next === "string" && answer.next !== "" ? answer.next : null };
}

function readOrder(order: unknown, listed: unknown): OrderGrants | null {
  const grants = readGrants(listed);
  if (!isRecord(order) || typeof order.id !== "string" || typeof order.name !== "string" || !grants) return null;
  return { id: order.id, name: order.name, grants };
}
