import { createHash, randomBytes } from "node:crypto";
import type { Delivery, DeliveryKind } from "@prisma/client";
import type { Tx } from "~/db.server";
import { decryptKey, encryptKey } from "~/domain/license/key-text.server";
import { enqueue } from "~/jobs/enqueue.server";

const TOKEN_BYTES = 16;
const HOUR_MS = 3_600_000;

export type CreateDeliveryInput = { shopId: string; orderId: string; kind: DeliveryKind; now: Date };

/**
 * Writes down that a customer is to be told, with the job that tells and the page the message links to.
 *
 * An order without an address gets its delivery all the same, to be listed: nothing is sent for it.
 */
export async function createDelivery(tx: Tx, { shopId, orderId, kind, now }: CreateDeliveryInput): Promise<Delivery> {
  const order = await tx.order.findUniqueOrThrow({
    where: { id: orderId, shopId },
    select: { email: true, shop: { select: { linkHours: true, fulfillLines: true } } },
  });
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const delivery = await tx.delivery.create({
    data: {
      shopId,
      orderId,
      kind,
      state: order.email ? "queued" : "unaddressed",
      tokenHash: deliveryTokenHash(token),
      tokenCiphertext: encryptKey(shopId, token),
      expiresAt: new Date(now.getTime() + order.shop.linkHours * HOUR_MS),
    },
  });
  if (order.email) await enqueue(tx, "send_delivery", { deliveryId: delivery.id });
  if (order.shop.fulfillLines && (kind === "granted" || kind === "keys_arrived")) {
    await enqueue(tx, "fulfill_lines", { shopId, orderId }, `fulfill_lines:${orderId}`);
  }
  return delivery;
}

/** How a page's token is kept and found. */
export function deliveryTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}

/** The token of a delivery that was not sent yet; null once it was. */
export function readDeliveryToken({
  shopId,
  tokenCiphertext,
}: Pick<Delivery, "shopId" | "tokenCiphertext">): string | null {
  return tokenCiphertext ? decryptKey(shopId, tokenCiphertext) : null;
}
