import type { Prisma } from "@prisma/client";
import { db, inTransaction } from "~/db.server";
import { createDelivery as write } from "~/domain/delivery/create-delivery.server";
import { createGrant } from "./create-grant";

type Options = Partial<Omit<Prisma.DeliveryUncheckedCreateInput, "tokenHash" | "shopId">> & {
  /** Its shop's columns. */
  shop?: Prisma.ShopUpdateInput;
  /** Its order's columns. */
  order?: Prisma.OrderUncheckedUpdateInput;
  now?: Date;
};

/** A queued delivery of an order that gave a file; the order is made when none is named. */
export async function createDelivery({ orderId, shop, order, kind = "granted", now, ...columns }: Options = {}) {
  const id = orderId ?? (await createGrant()).orderId;
  const { shopId } = await db.order.update({ where: { id }, data: order ?? {} });
  if (shop) await db.shop.update({ where: { id: shopId }, data: shop });
  const delivery = await inTransaction((tx) =>
    write(tx, { shopId, orderId: id, kind, now: now ?? new Date("2026-01-15T12:00:00Z") }),
  );
  return db.delivery.update({
    where: { id: delivery.id },
    data: { createdAt: now ?? new Date(), ...columns },
    include: { order: true, shop: true },
  });
}
