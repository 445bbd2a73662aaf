import type { ActionFunctionArgs } from "@remix-run/node";
import { uninstallShop } from "~/domain/shop/uninstall-shop.server";
import { updateScopes } from "~/domain/shop/update-scopes.server";
import { parseScopesPayload } from "~/gateways/shopify/app-payload";
import { readWebhook, rejectWebhook } from "~/http/webhook.server";

export async function action({ request }: ActionFunctionArgs) {
  const webhook = await readWebhook(request);

  if (webhook.topic === "app/uninstalled") {
    await uninstallShop(webhook.shopDomain, new Date(), webhook.triggeredAt);
  } else if (webhook.topic === "app/scopes_update") {
    const scopes = parseScopesPayload(webhook.payload);
    if (!scopes.ok) return rejectWebhook(webhook, scopes.reason);
    await updateScopes(webhook.shopDomain, scopes.current);
  } else {
    return rejectWebhook(webhook, `This address does not take ${webhook.topic}.`);
  }
  return new Response();
}
