import { db } from "~/db.server";
import { listLowPools, type LowPool } from "~/domain/pool/list-low-pools.server";
import { listUndelivered, type UndeliveredOrder } from "./list-undelivered.server";

const HOUR_MS = 3_600_000;
const ORDERS_NAMED = 20;

export type Digest = {
  shopId: string;
  shopDomain: string;
  to: string;
  orders: UndeliveredOrder[];
  hasMore: boolean;
  /** Pools that began to run low since the digest before. */
  pools: LowPool[];
  /** When the one before was sent. */
  previousAt: Date | null;
};

/**
 * The shops whose merchants are to hear, by mail, that customers could not be told or that keys run low: once an hour
 * at most, and only when something came up since they last heard.
 *
 * Each shop returned counts as told from `now` on; see `returnDigest` for when that fails. A shop without a
 * support address sees it on Home only.
 */
export async function claimDigests(now: Date): Promise<Digest[]> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const shops = await db.$queryRaw<{ id: string; domain: string; to: string; previousAt: Date | null }[]>`
    WITH due AS (
      SELECT s."id", s."digestSentAt" FROM "Shop" s
      WHERE s."uninstalledAt" IS NULL AND s."supportAddress" IS NOT NULL
        AND (s."digestSentAt" IS NULL OR s."digestSentAt" <= ${hourAgo})
        AND (
          EXISTS (SELECT 1 FROM "AuditEntry" a WHERE a."shopId" = s."id" AND a."action" = 'undelivered'
                  AND a."at" > COALESCE(s."digestSentAt", '-infinity'))
          OR EXISTS (SELECT 1 FROM "Delivery" d WHERE d."shopId" = s."id" AND d."state" = 'unaddressed'
                     AND d."createdAt" > COALESCE(s."digestSentAt", '-infinity'))
          OR EXISTS (SELECT 1 FROM "Pool" p WHERE p."shopId" = s."id" AND p."archivedAt" IS NULL
                     AND p."lowSince" > COALESCE(s."digestSentAt", '-infinity')))
      FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE "Shop" s SET "digestSentAt" = ${now} FROM due WHERE s."id" = due."id"
    RETURNING s."id", s."domain", s."supportAddress" AS "to", due."digestSentAt" AS "previousAt"`;

  const digests: Digest[] = [];
  for (const { id: shopId, domain: shopDomain, to, previousAt } of shops) {
    const { orders, next } = await listUndelivered({ shopId, limit: ORDERS_NAMED, now });
    const pools = await listLowPools(shopId, now, previousAt);
    if (orders.length + pools.length === 0) continue;
    digests.push({ shopId, shopDomain, to, orders, hasMore: next !== null, pools, previousAt });
  }
  return digests;
}

/** Takes back that a merchant was told, so that the next run tells. */
export async function returnDigest({ shopId, previousAt }: Digest, claimedAt: Date) {
  await db.shop.updateMany({ where: { id: shopId, digestSentAt: claimedAt }, data: { digestSentAt: previousAt } });
}
