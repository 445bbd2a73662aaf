import type { Shop, Sweep } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { db } from "~/db.server";

/** What Shopify shows an app of the past without a further approval (`read_all_orders`). */
const FULL_MS = 60 * 86_400_000;
/** Shopify's index of orders lags a little, and its clock is not ours. */
const OVERLAP_MS = 5 * 60_000;
/** Whoever sweeps says every `HEARTBEAT_MS` that it lives; one that has not for so long is dead. */
const HELD_MS = 20_000;
export const HEARTBEAT_MS = 5_000;
/** A sweep that went on for longer begins anew: what stops it may be the place where it stopped. */
const OLD_MS = 86_400_000;

/**
 * Begins to sweep a shop, or takes up the sweep of that kind which is not finished: another worker's that died,
 * or one that Shopify kept from going on.
 *
 * @returns null while another worker is at it.
 */
export async function beginSweep(
  shop: Pick<Shop, "id" | "sweptUntil">,
  isFull: boolean,
  now: Date,
): Promise<Sweep | null> {
  await db.$executeRaw`
    INSERT INTO "Sweep" ("id", "shopId", "isFull", "from", "startedAt")
    VALUES (${uuid()}::uuid, ${shop.id}::uuid, ${isFull}, ${beginning(shop, isFull, now)}, ${now})
    ON CONFLICT ("shopId", "isFull") WHERE "finishedAt" IS NULL DO NOTHING`;
  const old = new Date(now.getTime() - OLD_MS);
  const [sweep] = await db.$queryRaw<Sweep[]>`
    UPDATE "Sweep" SET "heldUntil" = ${heldFrom(now)},
      "cursor" = CASE WHEN "startedAt" > ${old} THEN "cursor" END,
      "startedAt" = CASE WHEN "startedAt" > ${old} THEN "startedAt" ELSE ${now} END
    WHERE "shopId" = ${shop.id}::uuid AND "isFull" = ${isFull} AND "finishedAt" IS NULL
      AND ("heldUntil" IS NULL OR "heldUntil" <= ${now})
    RETURNING *`;
  return sweep ?? null;
}

export function heldFrom(now: Date): Date {
  return new Date(now.getTime() + HELD_MS);
}

function beginning({ sweptUntil }: Pick<Shop, "sweptUntil">, isFull: boolean, now: Date): Date {
  const earliest = now.getTime() - FULL_MS;
  if (isFull || !sweptUntil) return new Date(earliest);
  return new Date(Math.max(earliest, sweptUntil.getTime() - OVERLAP_MS));
}
