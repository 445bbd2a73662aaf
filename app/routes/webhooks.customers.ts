import type { ActionFunctionArgs } from "@remix-run/node";
import { mergeCustomers } from "~/domain/order/merge-customers.server";
import { findShop } from "~/domain/shop/find-shop.server";
import { parseCustomerMergePayload } from "~/gateways/shopify/customer-merge-payload";
import { readWebhook, rejectWebhook } from "~/http/webhook.server";

export async function action({ request }: ActionFunctionArgs) {
  const webhook = await readWebhook(request);
  if (webhook.topic !== "customers/merge") {
    return rejectWebhook(webhook, `This address does not take ${webhook.topic}.`);
  }
  const merge = parseCustomerMergePayload(webhook.payload);
  if (!merge.ok) return rejectWebhook(webhook, merge.reason);

  const { isCompleted, keptId, deletedId } = merge;
  const shop = isCompleted ? await findShop(webhook.shopDomain) : null;
  if (shop) await mergeCustomers({ shopId: shop.id, keptId, deletedId });
  return new Response();
}
