import type { Delivery } from "@prisma/client";
import { inTransaction } from "~/db.server";
import { failDelivery } from "./fail-delivery.server";

/** The mail server's own day is over by then. */
const AFTER_MS = 2 * 86_400_000;
const AT_ONCE = 500;

/**
 * Gives up the deliveries that nobody will send any more: their jobs failed within Featherpost until the queue ended
 * them, or are gone. The merchant hears of them as of all that could not be sent.
 */
export function giveUpUnsent(now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    const unsent = await tx.$queryRaw<Delivery[]>`
      SELECT d.* FROM "Shop" s
      JOIN "Delivery" d ON d."shopId" = s."id" AND d."state" = 'queued'
        AND d."createdAt" < ${new Date(now.getTime() - AFTER_MS)}
      WHERE NOT EXISTS (
        SELECT 1 FROM graphile_worker._private_jobs job
        WHERE job."payload"->>'deliveryId' = d."id"::text
          AND (job."attempts" < job."max_attempts" OR job."locked_at" IS NOT NULL))
      ORDER BY d."id" LIMIT ${AT_ONCE} FOR NO KEY UPDATE OF d SKIP LOCKED`;
    for (const delivery of unsent) {
      await failDelivery(tx, delivery, ["queued"], "Something failed within Featherpost.");
    }
  });
}
