import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { findShopById } from "~/domain/shop/find-shop.server";
import { readOrder } from "~/gateways/shopify/read-order.server";
import type { JobPayload } from "./jobs";

/** Reads an order over the Admin API and reconciles it; nothing for a shop that has left. */
export async function runReconcileOrder({ shopId, shopifyId }: JobPayload<"reconcile_order">) {
  const shop = await findShopById(shopId);
  if (!shop || shop.uninstalledAt) return;

  const facts = await readOrder(shop.domain, shopifyId);
  if (facts) await reconcileOrder(shopId, facts, { source: "read" });
}
