import { Prisma, type Delivery, type DeliveryKind } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { queryPrepared, type Tx } from "~/db.server";
import { addJob } from "~/jobs/enqueue.server";
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
  const sendJob = addJob("send_delivery", Prisma.sql`json_build_object('deliveryId', written."id")`);
  const fulfillJob = addJob(
    "fulfill_lines",
    Prisma.sql`json_build_object('shopId', written."shopId", 'orderId', written."orderId")`,
    Prisma.sql`'fulfill_lines:' || written."orderId"`,
  );
  const sql = Prisma.sql`
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
      RETURNING "id", "shopId", "orderId", "kind", "state"
    )
    SELECT written."id", written."orderId", written."state"::text AS "state",
           CASE WHEN written."state" = 'queued' THEN ${sendJob} END AS "sendJob",
           CASE WHEN "fulfillLines" AND written."kind" IN ('granted', 'keys_arrived') THEN ${fulfillJob} END AS "fulfillJob"
    FROM written JOIN "Shop" ON "Shop"."id" = written."shopId"
    ORDER BY written."orderId"`;
  const written = await queryPrepared<CreatedDelivery>(tx, "create deliveries", sql);
  return written.map(({ id, orderId, state }) => ({ id, orderId, state }));
}
