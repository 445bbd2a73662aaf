import { v7 as uuid } from "uuid";
import type { Tx } from "~/db.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import type { GrantChanges } from "./grant-changes";

const DAY_MS = 86_400_000;

export type AppliedChanges = { granted: number; waiting: number; revoked: number; restored: number };

/**
 * Carries out the difference within the transaction that holds the order's lock. Days of access count from `paidAt`.
 *
 * Asset grants begin active. Key grants begin waiting and turn active with their key; an empty pool
 * leaves them waiting until keys are added. A key goes with its grant: revoked and restored together, never to anyone else.
 */
export async function applyChanges(
  tx: Tx,
  order: { id: string; shopId: string },
  changes: GrantChanges,
  paidAt: Date,
  now: Date,
): Promise<AppliedChanges> {
  const waiting = await insertGrants(tx, order, changes.grant, paidAt); // first: see claimKeys on the order of locks
  for (const { id, units } of changes.resize) await resize(tx, id, units);
  if (changes.restore.length > 0) await restoreByOrder(tx, order.shopId, changes.restore);
  if (changes.revoke.length > 0) await revokeByOrder(tx, order.shopId, changes.revoke, now);

  return {
    granted: changes.grant.length - waiting,
    waiting,
    revoked: changes.revoke.length,
    restored: changes.restore.length,
  };
}

async function insertGrants(
  tx: Tx,
  order: { id: string; shopId: string },
  grants: GrantChanges["grant"],
  paidAt: Date,
): Promise<number> {
  if (grants.length === 0) return 0;

  const rows = grants.map((grant) => ({
    ...grant,
    id: uuid(),
    state: grant.poolId ? "waiting" : "active",
    downloadLimit: grant.downloadLimitPerUnit === null ? null : grant.downloadLimitPerUnit * grant.units,
    expiresAt: grant.accessDays === null ? null : new Date(paidAt.getTime() + grant.accessDays * DAY_MS),
  }));
  await tx.$executeRaw`
    INSERT INTO "Grant" ("id", "shopId", "orderId", "lineId", "attachmentId", "assetId", "poolId", "unit", "state",
                         "units", "downloadLimit", "downloadLimitPerUnit", "expiresAt")
    SELECT "id", ${order.shopId}::uuid, ${order.id}::uuid, "lineId", "attachmentId", "assetId", "poolId", "unit",
           "state"::"GrantState", "units", "downloadLimit", "downloadLimitPerUnit", "expiresAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS wanted(
      "id" uuid, "lineId" uuid, "attachmentId" uuid, "assetId" uuid, "poolId" uuid, "unit" int, "state" text,
      "units" int, "downloadLimit" int, "downloadLimitPerUnit" int, "expiresAt" timestamptz)`;

  const ofPool = Map.groupBy(rows, (row) => row.poolId ?? "");
  ofPool.delete("");
  const served: string[] = [];
  for (const poolId of [...ofPool.keys()].sort()) {
    const grantIds = (ofPool.get(poolId) ?? []).map((row) => row.id);
    served.push(...(await claimKeys(tx, { shopId: order.shopId, poolId, grantIds })));
  }
  if (served.length > 0) await tx.grant.updateMany({ where: { id: { in: served } }, data: { state: "active" } });

  return rows.filter((row) => row.poolId !== null).length - served.length;
}

async function revokeByOrder(tx: Tx, shopId: string, grantIds: string[], now: Date) {
  await tx.grant.updateMany({
    where: { shopId, id: { in: grantIds } },
    data: { state: "revoked", revokedBy: "order", revokedAt: now },
  });
  await tx.poolKey.updateMany({ where: { shopId, grantId: { in: grantIds } }, data: { state: "revoked" } });
}

/** A key grant that never had its key goes back to waiting. */
async function restoreByOrder(tx: Tx, shopId: string, grantIds: string[]) {
  await tx.$executeRaw`
    UPDATE "Grant" SET "revokedBy" = NULL, "revokedAt" = NULL, "state" = CASE
      WHEN "poolId" IS NULL OR EXISTS (SELECT 1 FROM "PoolKey" WHERE "grantId" = "Grant"."id") THEN 'active'
      ELSE 'waiting' END::"GrantState"
    WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${grantIds}::uuid[])`;
  await tx.poolKey.updateMany({ where: { shopId, grantId: { in: grantIds } }, data: { state: "granted" } });
}

/** The limit follows the units paid for; what a person added to it stays. */
async function resize(tx: Tx, grantId: string, units: number) {
  await tx.$executeRaw`
    UPDATE "Grant" SET "units" = ${units},
      "downloadLimit" = GREATEST(0, "downloadLimit" + "downloadLimitPerUnit" * (${units} - "units"))
    WHERE "id" = ${grantId}::uuid`;
}
