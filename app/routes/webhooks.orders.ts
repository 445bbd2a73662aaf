import type { ActionFunctionArgs } from "@remix-run/node";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { findShop } from "~/domain/shop/find-shop.server";
import { parseOrderPayload } from "~/gateways/shopify/order-payload";
import { readWebhook, rejectWebhook } from "~/http/webhook.server";

const topics = new Set(["orders/paid", "orders/updated", "orders/cancelled"]);

export async function action({ request }: ActionFunctionArgs) {
  const webhook = await readWebhook(request);
  if (!topics.has(webhook.topic)) return rejectWebhook(webhook, `This address does not take ${webhook.topic}.`);
  const order = parseOrderPayload(webhook.payload);
  if (!order.ok) return rejectWebhook(webhook, order.reason);

  const shop = await findShop(webhook.shopDomain);
  if (shop) await reconcileOrder(shop.id, order.facts);

  return new Response();
}
