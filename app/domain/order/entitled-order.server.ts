import type { Order } from "@prisma/client";
import { timingSafeEqual } from "node:crypto";
import { db } from "~/db.server";
import { checkoutTokenHash } from "./facts-hash.server";

/** What a caller brings to show that an order is theirs. */
export type OrderProof = {
  /** gid of the signed-in customer, from the session token; null for a guest. */
  customerId: string | null;
  /** The checkout token that Shopify's pages of this order hand to extensions. */
  checkoutToken: string | null;
};

/** Or else a secret link to the order's page, which proves itself. */
export type AnyProof = OrderProof | { orderId: string };

/**
 * The order, when the caller proves the right to it.
 *
 * @param shopifyId  gid://shopify/Order/…; anyone can guess it, so it proves nothing
 * @returns null when there is no such order and, just the same, when it is not theirs.
 */
export async function findEntitledOrder(shopId: string, shopifyId: string, proof: OrderProof): Promise<Order | null> {
  const order = await db.order.findUnique({ where: { shopId_shopifyId: { shopId, shopifyId } } });
  return order && proves(proof, order) ? order : null;
}

/** Whether a caller, signed in or by a secret link, has the right to an order. */
export function entitles(
  proof: AnyProof,
  order: { id: string; customerId: string | null; checkoutTokenHash: Uint8Array<ArrayBuffer> | null },
): boolean {
  return "orderId" in proof ? proof.orderId === order.id : proves(proof, order);
}

function proves(
  { customerId, checkoutToken }: OrderProof,
  order: Pick<Order, "customerId" | "checkoutTokenHash">,
): boolean {
  if (customerId !== null && customerId === order.customerId) return true;
  if (checkoutToken === null || order.checkoutTokenHash === null) return false;
  return timingSafeEqual(checkoutTokenHash(checkoutToken), order.checkoutTokenHash);
}
