import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { storedFacts } from "~/domain/order/stored-facts.server";
import { findShopById } from "~/domain/shop/find-shop.server";
import { readOrder } from "~/gateways/shopify/read-order.server";
import type { JobPayload } from "./jobs";

/**
 * Reads an order over the Admin API and reconciles it; one that Shopify no longer shows is settled as it was last heard
 * of. Nothing for a shop that has left.
 */
export async function runReconcileOrder({ shopId, shopifyId }: JobPayload<"reconcile_order">) {
  const shop = await findShopById(shopId);
  if (!shop || shop.uninstalledAt) return;

  const askedAt = new Date();
  const facts = (await readOrder(shop.domain, shopifyId)) ?? (await storedFacts(shopId, shopifyId));
  if (facts) await reconcileOrder(shopId, facts, { source: "read", askedAt });
}
