import type { ActionFunctionArgs } from "@remix-run/node";
import { acceptOrderEvent } from "~/domain/order/accept-order-event.server";
import { findShop } from "~/domain/shop/find-shop.server";
import { parseOrderEvent } from "~/gateways/shopify/order-event-payload";
import { readWebhook, rejectWebhook } from "~/http/webhook.server";

export async function action({ request }: ActionFunctionArgs) {
  const webhook = await readWebhook(request);
  const event = parseOrderEvent(webhook.topic, webhook.payload);
  if (!event.ok) return rejectWebhook(webhook, event.reason);

  const shop = await findShop(webhook.shopDomain);
  if (shop && event.orderId) {
    const isDispute = webhook.topic === "disputes/create";
    await acceptOrderEvent({ shopId: shop.id, shopifyId: event.orderId, isDispute, now: new Date() });
  }
  return new Response();
}
