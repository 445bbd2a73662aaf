import { randomBytes } from "node:crypto";
import type { DeliveryKind } from "@prisma/client";
import { v7 as uuid } from "uuid";
import type { Tx } from "~/db.server";
import { encryptKey } from "~/domain/license/key-text.server";
import { enqueueAll } from "~/jobs/enqueue.server";
import { deliveryTokenHash } from "./create-delivery.server";

const TOKEN_BYTES = 16;
const HOUR_MS = 3_600_000;

export type CreateDeliveriesInput = { shopId: string; orderIds: string[]; kind: DeliveryKind; now: Date };

/** What `createDelivery` does for one order, for many in few statements: an import of keys may serve thousands. */
export async function createDeliveries(tx: Tx, { shopId, orderIds, kind, now }: CreateDeliveriesInput) {
  if (orderIds.length === 0) return;
  const { linkHours, fulfillLines } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const orders = await tx.order.findMany({
    where: { shopId, id: { in: orderIds } },
    select: { id: true, email: true },
    orderBy: { id: "asc" },
  });
  const deliveries = orders.map(({ id: orderId, email }) => {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    return {
      id: uuid(),
      shopId,
      orderId,
      kind,
      state: email ? ("queued" as const) : ("unaddressed" as const),
      tokenHash: deliveryTokenHash(token),
      tokenCiphertext: encryptKey(shopId, token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkHours * HOUR_MS),
    };
  });
  await tx.delivery.createMany({ data: deliveries });
  const queued = deliveries.filter(({ state }) => state === "queued");
  await enqueueAll(
    tx,
    "send_delivery",
    queued.map(({ id }) => ({ deliveryId: id })),
  );
  if (fulfillLines && (kind === "granted" || kind === "keys_arrived")) {
    await enqueueAll(
      tx,
      "fulfill_lines",
      orders.map(({ id: orderId }) => ({ shopId, orderId })),
    );
  }
}
