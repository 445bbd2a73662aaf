import { Prisma } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { queryPrepared, type Tx } from "~/db.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { lockPoolsToReturn, takeBackKeys, type ReturnRule } from "~/domain/pool/take-back-keys.server";
import type { GrantChanges } from "./grant-changes";
import { endOf, updatesEndAfter } from "./grant-terms";

export type AppliedChanges = {
  granted: number;
  waiting: number;
  resized: number;
  revoked: number;
  restored: number;
  held: number;
  released: number;
};

export type ApplyChangesOptions = {
  /** Days of access and months of updates count from here. */
  paidAt: Date;
  /** New and restored grants are held until a person lets the order go; keys are claimed only then. */
  isHeld: boolean;
  now: Date;
};

/**
 * Carries out the difference within the transaction that holds the order's lock.
 *
 * Asset grants begin active. Key grants begin waiting and turn active with their key; an empty pool
 * leaves them waiting until keys are added. A key goes with its grant, revoked and restored together; only one that its
 * customer never saw may go back to its pool (see `takeBackKeys`).
 */
export async function applyChanges(
  tx: Tx,
  order: { id: string; shopId: string },
  changes: GrantChanges,
  options: ApplyChangesOptions,
): Promise<AppliedChanges> {
  const { shopId } = order;
  const rule = await lockToRevoke(tx, shopId, changes);
  const waiting = await insertGrants(tx, order, changes.grant, options); // first: see claimKeys on the order of locks
  for (const { id, units } of changes.resize) await resize(tx, id, units);
  if (changes.release.length > 0) await releaseGrants(tx, shopId, changes.release);
  if (changes.restore.length > 0) await restoreByOrder(tx, shopId, changes.restore, options.isHeld);
  if (changes.hold.length > 0) await holdGrants(tx, shopId, changes.hold);
  if (changes.revoke.length > 0) await revokeByOrder(tx, { shopId, grantIds: changes.revoke, now: options.now }, rule);

  return {
    granted: changes.grant.length - waiting,
    waiting,
    resized: changes.resize.length,
    revoked: changes.revoke.length,
    restored: changes.restore.length,
    held: changes.hold.length,
    released: changes.release.length,
  };
}

/** Held grants open: a key grant that has no key yet claims one, or waits. */
export async function releaseGrants(tx: Tx, shopId: string, grantIds: string[]) {
  const keyless = await tx.$queryRaw<{ id: string; poolId: string }[]>`
    SELECT "id", "poolId" FROM "Grant" g
    WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${grantIds}::uuid[]) AND "poolId" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "PoolKey" WHERE "grantId" = g."id")
    ORDER BY "createdAt", "unit", "id"`;
  const served = await claimByPool(tx, shopId, keyless);
  const waiting = keyless.map((grant) => grant.id).filter((id) => !served.includes(id));
  const active = grantIds.filter((id) => !waiting.includes(id));

  await tx.grant.updateMany({ where: { shopId, id: { in: active }, state: "held" }, data: { state: "active" } });
  await tx.grant.updateMany({ where: { shopId, id: { in: waiting }, state: "held" }, data: { state: "waiting" } });
}

async function holdGrants(tx: Tx, shopId: string, grantIds: string[]) {
  await tx.grant.updateMany({ where: { shopId, id: { in: grantIds } }, data: { state: "held" } });
}

async function insertGrants(
  tx: Tx,
  order: { id: string; shopId: string },
  grants: GrantChanges["grant"],
  { paidAt, isHeld }: ApplyChangesOptions,
): Promise<number> {
  if (grants.length === 0) return 0;

  const rows = grants.map(({ keyTerms, ...grant }) => ({
    ...grant,
    id: uuid(),
    state: isHeld ? "held" : grant.poolId ? "waiting" : "active",
    updatesUntil: updatesEndAfter(paidAt, grant.updateMonths),
    downloadLimit: grant.downloadLimitPerUnit === null ? null : grant.downloadLimitPerUnit * grant.units,
    expiresAt: endOf(paidAt, grant.accessDays, keyTerms?.validUntil ?? null),
    keyFor: keyTerms?.keyFor ?? null,
    activationLimit: keyTerms?.activationLimit ?? null,
  }));
  const sql = Prisma.sql`
    INSERT INTO "Grant" ("id", "shopId", "orderId", "lineId", "attachmentId", "assetId", "poolId", "unit", "state",
                         "units", "downloadLimit", "downloadLimitPerUnit", "expiresAt", "versionId", "updatesUntil",
                         "keyFor", "activationLimit")
    SELECT "id", ${order.shopId}::uuid, ${order.id}::uuid, "lineId", "attachmentId", "assetId", "poolId", "unit",
           "state"::"GrantState", "units", "downloadLimit", "downloadLimitPerUnit", "expiresAt",
           "versionId", "updatesUntil", "keyFor"::"KeyFor", "activationLimit"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS wanted(
      "id" uuid, "lineId" uuid, "attachmentId" uuid, "assetId" uuid, "poolId" uuid, "unit" int, "state" text,
      "units" int, "downloadLimit" int, "downloadLimitPerUnit" int, "expiresAt" timestamptz,
      "versionId" uuid, "updatesUntil" timestamptz, "keyFor" text, "activationLimit" int)`;
  await queryPrepared(tx, "insert grants", sql);

  if (isHeld) return 0;

  const keyGrants = rows.flatMap(({ id, poolId }) => (poolId ? [{ id, poolId }] : []));
  const served = await claimByPool(tx, order.shopId, keyGrants);
  if (served.length > 0) await tx.grant.updateMany({ where: { id: { in: served } }, data: { state: "active" } });

  return keyGrants.length - served.length;
}

async function claimByPool(tx: Tx, shopId: string, grants: { id: string; poolId: string }[]): Promise<string[]> {
  const byPool = Map.groupBy(grants, (grant) => grant.poolId);
  const served: string[] = [];
  for (const poolId of [...byPool.keys()].sort()) {
    const grantIds = (byPool.get(poolId) ?? []).map((grant) => grant.id);
    served.push(...(await claimKeys(tx, { shopId, poolId, grantIds })));
  }
  return served;
}

/** What is not revoked returns no key, and nothing is to be held for it. */
async function lockToRevoke(tx: Tx, shopId: string, changes: GrantChanges): Promise<ReturnRule> {
  const { revoke, restore, release, grant } = changes;
  if (revoke.length === 0) return { returnsUnseenKeys: false };
  const poolIds = grant.flatMap(({ poolId }) => poolId ?? []);
  return lockPoolsToReturn(tx, shopId, [...revoke, ...restore, ...release], poolIds);
}

async function revokeByOrder(
  tx: Tx,
  { shopId, grantIds, now }: { shopId: string; grantIds: string[]; now: Date },
  rule: ReturnRule,
) {
  // In the order in which `exposeKeys` locks them.
  await tx.$executeRaw`
    WITH going AS (
      SELECT "id" FROM "Grant" WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${grantIds}::uuid[])
      ORDER BY "id" FOR NO KEY UPDATE
    )
    UPDATE "Grant" g SET "state" = 'revoked', "revokedBy" = 'order', "revokedAt" = ${now}
    FROM going WHERE g."id" = going."id"`;
  await takeBackKeys(tx, { shopId, grantIds, now }, rule);
}

/** With the key it had; a key grant whose key went back, or that never had one, claims another, or waits. */
async function restoreByOrder(tx: Tx, shopId: string, grantIds: string[], isHeld: boolean) {
  const data = { revokedBy: null, revokedAt: null };
  await tx.grant.updateMany({ where: { shopId, id: { in: grantIds } }, data: { ...data, state: "held" } });
  await tx.poolKey.updateMany({ where: { shopId, grantId: { in: grantIds } }, data: { state: "granted" } });
  if (!isHeld) await releaseGrants(tx, shopId, grantIds);
}

/** The limit follows the units paid for; what a person added to it stays. */
async function resize(tx: Tx, grantId: string, units: number) {
  await tx.$executeRaw`
    UPDATE "Grant" SET "units" = ${units},
      "downloadLimit" = GREATEST(0, "downloadLimit" + "downloadLimitPerUnit" * (${units} - "units"))
    WHERE "id" = ${grantId}::uuid`;
}
