import { db, inTransaction, type Tx } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";
import { createDeliveries } from "./create-deliveries.server";

const BATCH = 200;
const BETWEEN_BATCHES_MS = 60_000;
/** Nobody hears of new versions more often. */
const QUIET_MS = 24 * 3_600_000;
const LOOK_AGAIN_MS = 3_600_000;

type Announced = { id: string; shopId: string; assetId: string; readyAt: Date };

/**
 * Tells those whose newest version this is now of it: 200 customers a minute, each once, and none twice a day.
 *
 * Customers with several orders hear of the latest; whoever can no longer download it hears nothing. The job
 * enqueues itself until all are told, and stops when the shop wants no announcements.
 */
export async function announceVersion(versionId: string, now: Date): Promise<void> {
  const version = await db.assetVersion.findUnique({ where: { id: versionId } });
  if (!version?.readyAt) return;
  const shop = await db.shop.findUnique({ where: { id: version.shopId } });
  if (!shop?.announcesVersions || shop.uninstalledAt) return;

  const announced = { ...version, readyAt: version.readyAt };
  await inTransaction(async (tx) => {
    const untold = await listUntold(tx, announced, now);
    const due = untold.filter(({ isQuiet }) => !isQuiet).slice(0, BATCH);
    const orderIds = due.map(({ orderId }) => orderId);
    await createDeliveries(tx, { shopId: shop.id, orderIds, kind: "new_version", now });

    const left = untold.length - due.length;
    if (left === 0) return;
    const waitMs = due.length === BATCH ? BETWEEN_BATCHES_MS : LOOK_AGAIN_MS;
    const runAt = new Date(now.getTime() + waitMs);
    await enqueue(tx, "announce_version", { versionId }, `announce_version:${versionId}`, runAt);
  });
}

type Untold = { orderId: string; /** Heard of another version within the day. */ isQuiet: boolean };

/**
 * By customer: their latest order whose newest version this is, unless they heard of one since it was ready. Those to be
 * told now come first, and no more than a batch and one: a shop may have a million buyers.
 */
function listUntold(tx: Tx, { id, shopId, assetId, readyAt }: Announced, now: Date): Promise<Untold[]> {
  const heardSince = new Date(Math.min(now.getTime() - QUIET_MS, readyAt.getTime()));
  return tx.$queryRaw<Untold[]>`
    WITH entitled AS (
      SELECT DISTINCT ON (lower(o."email")) o."id" AS "orderId", lower(o."email") AS "email", o."processedAt"
      FROM "Grant" g
      JOIN "Order" o ON o."id" = g."orderId"
      JOIN LATERAL (
        SELECT v."id" FROM "AssetVersion" v
        WHERE v."assetId" = g."assetId" AND v."state" = 'ready'
          AND (g."versionId" IS NULL OR v."id" = g."versionId"
               OR (g."updatesUntil" IS NOT NULL AND v."readyAt" <= g."updatesUntil"))
        ORDER BY v."number" DESC LIMIT 1
      ) newest ON newest."id" = ${id}::uuid
      WHERE g."assetId" = ${assetId}::uuid AND g."shopId" = ${shopId}::uuid AND g."state" = 'active'
        AND g."createdAt" < ${readyAt} AND (g."expiresAt" IS NULL OR g."expiresAt" > ${now})
        AND (g."downloadLimit" IS NULL OR g."used" < g."downloadLimit")
        AND o."email" IS NOT NULL AND o."redactedAt" IS NULL
      ORDER BY lower(o."email"), o."processedAt" DESC, o."id" DESC
    ), heard AS (
      SELECT lower(o."email") AS "email", max(d."createdAt") AS "at"
      FROM "Delivery" d JOIN "Order" o ON o."id" = d."orderId"
      WHERE d."shopId" = ${shopId}::uuid AND d."kind" = 'new_version'
        AND d."createdAt" > ${heardSince} AND o."email" IS NOT NULL
      GROUP BY 1
    )
    SELECT e."orderId", h."at" IS NOT NULL AS "isQuiet"
    FROM entitled e LEFT JOIN heard h USING ("email")
    WHERE h."at" IS NULL OR h."at" < ${readyAt}
    ORDER BY "isQuiet", e."processedAt", e."orderId" LIMIT ${BATCH + 1}`;
}
