import type { ActionFunctionArgs } from "@remix-run/node";
import { acceptCompliance } from "~/domain/compliance/accept-compliance.server";
import { findShop } from "~/domain/shop/find-shop.server";
import { parseCompliancePayload } from "~/gateways/shopify/compliance-payload";
import { readWebhook, rejectWebhook } from "~/http/webhook.server";

export async function action({ request }: ActionFunctionArgs) {
  const webhook = await readWebhook(request);
  const asked = parseCompliancePayload(webhook.topic, webhook.payload);
  if (!asked.ok) return rejectWebhook(webhook, asked.reason);

  const shop = await findShop(webhook.shopDomain);
  if (shop) {
    await acceptCompliance({
      shopId: shop.id,
      webhookId: webhook.webhookId,
      topic: asked.topic,
      subject: asked.subject,
    });
  }
  return new Response();
}
