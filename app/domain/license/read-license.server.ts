import { Prisma } from "@prisma/client";
import { db, queryPrepared, type Tx } from "~/db.server";
import type { LicenseFacts, MachineFacts } from "./license";
import { termsSold } from "./terms-sold.server";

/** A license with what its rules ask and what is told of it. */
export type License = LicenseFacts & {
  keyId: string;
  grantId: string | null;
  orderId: string | null;
  orderName: string | null;
  keyEnd: string;
  /** The line's title, or the pool's name for a license without an order. */
  title: string;
  variantTitle: string | null;
  /** Shopify gids; null for a license without an order. */
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  machine: MachineFacts;
  /** The activation of the machine that asks; null: it has none. */
  activation: { id: string; name: string | null; seenAt: Date } | null;
};

/** Which license: by hashes of its text, the first that is one; or by the id of its key. */
export type LicenseChoice = { keyHashes: Uint8Array[] } | { keyId: string };

type Row = {
  keyId: string;
  keyState: LicenseFacts["keyState"];
  keyEnd: string;
  keyActivationLimit: number | null;
  keyExpiresAt: Date | null;
  grantId: string | null;
  grantState: "active" | "waiting" | "held" | "revoked" | null;
  grantExpiresAt: Date | null;
  units: number | null;
  poolName: string;
  poolActivationLimit: number | null;
  keyFor: "unit" | "line";
  orderId: string | null;
  orderName: string | null;
  title: string | null;
  variantTitle: string | null;
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  products: string[];
  used: number;
  activationId: string | null;
  machineName: string | null;
  seenAt: Date | null;
  isSuspended: boolean;
  isBlocked: boolean;
};

/**
 * Reads a license and what is known of one machine, in one statement.
 *
 * @param fingerprint  of the machine that asks; null: none does
 * @returns null when the shop has no such license; a key that nobody was given is none.
 */
export async function readLicense(
  tx: Tx,
  shopId: string,
  choice: LicenseChoice,
  fingerprint: string | null,
): Promise<License | null> {
  const [row] = await tx.$queryRaw<Row[]>(licenseQuery(shopId, choice, fingerprint));
  return row ? licenseOf(row) : null;
}

/** The same, outside any transaction and as fast as can be. */
export async function findLicense(
  shopId: string,
  choice: { keyHashes: Uint8Array[] },
  fingerprint: string | null,
): Promise<License | null> {
  const [row] = await queryPrepared<Row>(db, "find license", licenseQuery(shopId, choice, fingerprint));
  return row ? licenseOf(row) : null;
}

function licenseQuery(shopId: string, choice: LicenseChoice, fingerprint: string | null): Prisma.Sql {
  return Prisma.sql`
    SELECT k."id" AS "keyId", k."state"::text AS "keyState", k."keyEnd",
           k."activationLimit" AS "keyActivationLimit", k."expiresAt" AS "keyExpiresAt",
           g."id" AS "grantId", g."state"::text AS "grantState", g."expiresAt" AS "grantExpiresAt", g."units",
           p."name" AS "poolName", ${termsSold},
           g."orderId", o."name" AS "orderName", l."title", l."variantTitle", l."productId", l."variantId", l."sku",
           CASE WHEN g."id" IS NULL
             THEN ARRAY(SELECT unnest(ARRAY["productId", "variantId"]) FROM "Attachment" WHERE "poolId" = p."id")
             ELSE ARRAY[l."productId", l."variantId", l."sku"] END AS "products",
           (SELECT count(*)::int FROM "Activation" WHERE "keyId" = k."id" AND "blockedAt" IS NULL) AS "used",
           a."id" AS "activationId", a."name" AS "machineName", a."seenAt",
           a."suspendedAt" IS NOT NULL AS "isSuspended", a."blockedAt" IS NOT NULL AS "isBlocked"
    FROM "PoolKey" k
    JOIN "Pool" p ON p."id" = k."poolId"
    LEFT JOIN "Grant" g ON g."id" = k."grantId"
    LEFT JOIN "OrderLine" l ON l."id" = g."lineId"
    LEFT JOIN "Order" o ON o."id" = g."orderId"
    LEFT JOIN "Activation" a ON a."keyId" = k."id" AND a."fingerprint" = ${fingerprint}
    WHERE ${chosen(shopId, choice)}`;
}

/**
 * Holds a license until `tx` ends: what changes its activations, and what takes it away, take turns.
 *
 * @returns the id of its key, to read it by; null when the shop has no such license.
 */
export async function lockLicense(tx: Tx, shopId: string, choice: LicenseChoice): Promise<string | null> {
  // The grant first, as everything does that locks both.
  const [locked] = await tx.$queryRaw<{ id: string }[]>`
    WITH grants AS (
      SELECT "id" FROM "Grant"
      WHERE "id" = (SELECT k."grantId" FROM "PoolKey" k WHERE ${chosen(shopId, choice)})
      FOR NO KEY UPDATE
    )
    SELECT k."id" FROM "PoolKey" k
    WHERE (SELECT count(*) FROM grants) >= 0 AND ${chosen(shopId, choice)}
    FOR UPDATE`;
  return locked?.id ?? null;
}

/** The one row of "PoolKey" k that is meant: what is no license is passed over, of several texts the first counts. */
function chosen(shopId: string, choice: LicenseChoice): Prisma.Sql {
  const isLicense = Prisma.sql`k."shopId" = ${shopId}::uuid AND k."state" <> 'available'
    AND (k."grantId" IS NOT NULL OR k."issuedAt" IS NOT NULL)`;
  if ("keyId" in choice) return Prisma.sql`${isLicense} AND k."id" = ${choice.keyId}::uuid`;

  const hashes = choice.keyHashes.map((hash) => Buffer.from(hash).toString("hex"));
  return Prisma.sql`${isLicense} AND k."id" = (
    SELECT t."id" FROM unnest(${hashes}::text[]) WITH ORDINALITY AS typed ("hash", "place")
    JOIN "PoolKey" t ON t."shopId" = ${shopId}::uuid AND t."keyHash" = decode(typed."hash", 'hex')
    WHERE t."state" <> 'available' AND (t."grantId" IS NOT NULL OR t."issuedAt" IS NOT NULL)
    ORDER BY typed."place" LIMIT 1)`;
}

function licenseOf(row: Row): License {
  const { grantState, activationId, seenAt } = row;
  return {
    keyId: row.keyId,
    grantId: row.grantId,
    orderId: row.orderId,
    orderName: row.orderName,
    keyEnd: row.keyEnd,
    title: row.title ?? row.poolName,
    variantTitle: row.variantTitle,
    productId: row.productId,
    variantId: row.variantId,
    sku: row.sku,
    keyState: row.keyState,
    keyActivationLimit: row.keyActivationLimit,
    keyExpiresAt: row.keyExpiresAt,
    grant: grantState && { state: grantState, expiresAt: row.grantExpiresAt, units: row.units ?? 1 },
    pool: { activationLimit: row.poolActivationLimit, keyFor: row.keyFor },
    products: row.products.filter(Boolean),
    machine: { used: row.used, state: machineStateOf(row) },
    activation: activationId && seenAt ? { id: activationId, name: row.machineName, seenAt } : null,
  };
}

function machineStateOf({ activationId, isSuspended, isBlocked }: Row): MachineFacts["state"] {
  if (activationId === null) return "unknown";
  if (isBlocked) return "blocked";
  return isSuspended ? "suspended" : "activated";
}
