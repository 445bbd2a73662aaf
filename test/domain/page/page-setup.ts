import { db } from "~/db.server";
import { createDelivery } from "~/domain/delivery/create-delivery.server";
import { readDeliveryToken } from "~/domain/delivery/delivery-token.server";
import { createGrant, createOrder, createPool, createShop } from "../../factories";

type Options = {
  shop?: Parameters<typeof createShop>[0];
  order?: Parameters<typeof createOrder>[0];
  grant?: Parameters<typeof createGrant>[0];
  /** When the link's hours are over. */
  expiresAt?: Date;
};

/** An order with one file, and the link of a delivery that tells of it. */
export async function boughtPage(options: Options = {}) {
  const shop = await createShop({ name: "Paper & Sound", supportAddress: "help@paper.example", ...options.shop });
  const order = await createOrder({ email: "ann@example.com", ...options.order, shopId: shop.id });
  const grant = await createGrant({ ...options.grant, orderId: order.id, shopId: shop.id });
  return { shop, order, grant, ...(await linkTo(order, options.expiresAt)) };
}

/** A delivery of an order, with the token of its page. */
export async function linkTo(order: { id: string; shopId: string }, expiresAt?: Date) {
  const { shopId, id: orderId } = order;
  const { id } = await createDelivery(db, { shopId, orderId, kind: "granted", now: new Date() });
  const delivery = await db.delivery.findUniqueOrThrow({ where: { id } });
  const token = readDeliveryToken(delivery);
  if (!token) throw new Error("The delivery has no token");
  if (expiresAt) await db.delivery.update({ where: { id: delivery.id }, data: { expiresAt } });
  return { delivery, token };
}

/** Key grants of one line and attachment of an order, one per unit. */
export async function giveKeys(order: { id: string; shopId: string }, units: Parameters<typeof createGrant>[0][]) {
  const { shopId, id: orderId } = order;
  const pool = await createPool({ shopId });
  const [line] = await db.orderLine.findMany({ where: { orderId }, orderBy: { id: "asc" } });
  const grants: Awaited<ReturnType<typeof createGrant>>[] = [];
  for (const [unit, columns] of units.entries()) {
    const grant = await createGrant({ shopId, poolId: pool.id, ...columns });
    const { attachmentId } = grants[0] ?? grant;
    await db.grant.update({ where: { id: grant.id }, data: { orderId, lineId: line?.id, attachmentId, unit } });
    grants.push({ ...grant, attachmentId });
  }
  return grants;
}
