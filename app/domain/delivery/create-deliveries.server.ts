import type { Delivery, DeliveryKind } from "@prisma/client";
import { v7 as uuid } from "uuid";
import type { Tx } from "~/db.server";
import { enqueueAll } from "~/jobs/enqueue.server";
import { sealDeliveryToken } from "./delivery-token.server";

export type CreateDeliveriesInput = { shopId: string; orderIds: string[]; kind: DeliveryKind; now: Date };

export type CreatedDelivery = Pick<Delivery, "id" | "orderId" | "state">;

/**
 * Writes down that customers are to be told, one delivery an order, with the jobs that tell and the pages the
 * messages link to.
 *
 * An order without an address gets its delivery all the same, to be listed: nothing is sent for it.
 */
export async function createDeliveries(
  tx: Tx,
  { shopId, orderIds, kind, now }: CreateDeliveriesInput,
): Promise<CreatedDelivery[]> {
  if (orderIds.length === 0) return [];

  const planned = orderIds.toSorted().map((orderId) => {
    const { hash, ciphertext } = sealDeliveryToken(shopId);
    return { id: uuid(), orderId, hash: hash.toString("base64"), ciphertext: ciphertext.toString("base64") };
  });
  const written = await tx.$queryRaw<(CreatedDelivery & { fulfillLines: boolean })[]>`
    WITH written AS (
      INSERT INTO "Delivery" ("id", "shopId", "orderId", "kind", "state", "tokenHash", "tokenCiphertext", "expiresAt", "createdAt")
      SELECT planned."id", o."shopId", o."id", ${kind}::"DeliveryKind",
             CASE WHEN NULLIF(o."email", '') IS NULL THEN 'unaddressed' ELSE 'queued' END::"DeliveryState",
             decode(planned."hash", 'base64'), decode(planned."ciphertext", 'base64'),
             ${now}::timestamptz + s."linkHours" * interval '1 hour', ${now}
      FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
             AS planned("id" uuid, "orderId" uuid, "hash" text, "ciphertext" text)
      JOIN "Order" o ON o."id" = planned."orderId"
      JOIN "Shop" s ON s."id" = o."shopId"
      WHERE o."shopId" = ${shopId}::uuid
      RETURNING "id", "shopId", "orderId", "state"
    )
    SELECT written."id", "orderId", "state"::text, "fulfillLines"
    FROM written JOIN "Shop" ON "Shop"."id" = written."shopId" ORDER BY "orderId"`;

  const queued = written.filter(({ state }) => state === "queued").map(({ id }) => ({ deliveryId: id }));
  await enqueueAll(tx, "send_delivery", queued);
  if (kind === "granted" || kind === "keys_arrived") {
    const fulfilling = written.filter(({ fulfillLines }) => fulfillLines).map(({ orderId }) => ({ shopId, orderId }));
    await enqueueAll(tx, "fulfill_lines", fulfilling, ({ orderId }) => `fulfill_lines:${orderId}`);
  }
  return written;
}
