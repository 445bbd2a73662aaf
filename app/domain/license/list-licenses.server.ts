import { Prisma } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import { activationLimitOf, licenseStateOf, type LicenseFacts, type LicenseState } from "./license";
import { readTypedKey } from "./read-typed-key.server";
import { termsSold } from "./terms-sold.server";

export type ListedLicense = {
  id: string;
  keyEnd: string;
  state: LicenseState;
  /** What was bought, or the pool of one without an order. */
  title: string;
  order: { id: string; name: string } | null;
  /** Of the order's customer, or of the holder. */
  email: string | null;
  /** When it was given. */
  at: Date;
  used: number;
  /** null: any number. */
  activationLimit: number | null;
};

export type ListLicensesInput = {
  shopId: string;
  /** A full key, its last characters, a part of an email address or order name, or a machine's fingerprint. */
  search?: string;
  /** A `next` or `previous` of an earlier answer; anything else begins at the newest. */
  cursor?: string;
  limit?: number;
  now: Date;
};

export type ListLicensesResult = { licenses: ListedLicense[]; next: string | null; previous: string | null };

/** The licenses of a shop, the newest first, a page at a time. */
export async function listLicenses({
  shopId,
  search = "",
  cursor,
  limit = 25,
  now,
}: ListLicensesInput): Promise<ListLicensesResult> {
  const place = readCursor(cursor);
  const isBackward = place?.direction === "before";
  const wanted = search.trim();
  const found = await findPage(shopId, wanted ? await matching(shopId, wanted) : null, place, limit + 1);
  const hasMore = found.length > limit;
  const page = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const isFirst = !place || (isBackward && !hasMore);
  const isLast = !isBackward && !hasMore;

  const rows = await readRows(page.map(({ id }) => id));
  return {
    licenses: page.flatMap(({ id, at }) => {
      const row = rows.get(id);
      return row ? [asListed(row, at, now)] : [];
    }),
    next: isLast ? null : cursorTo("after", page.at(-1)),
    previous: isFirst ? null : cursorTo("before", page[0]),
  };
}

type Place = { direction: string; at: Date; id: string };
type Found = { id: string; at: Date };

/** Those of orders and those without, each by its own index, together in the order in which they were given. */
function findPage(shopId: string, ids: Prisma.Sql | null, place: Place | null, limit: number): Promise<Found[]> {
  const isBackward = place?.direction === "before";
  const order = isBackward ? Prisma.sql`"at", "id"` : Prisma.sql`"at" DESC, "id" DESC`;
  const part = (from: Prisma.Sql, at: Prisma.Sql) => Prisma.sql`(
    SELECT k."id", ${at} AS "at" FROM ${from}
      AND k."state" <> 'available' ${ids ? Prisma.sql`AND k."id" IN (${ids})` : Prisma.empty}
      ${place ? beyond(place, at) : Prisma.empty}
    ORDER BY ${order} LIMIT ${limit})`;
  const ofOrders = part(
    Prisma.sql`"Grant" g JOIN "PoolKey" k ON k."grantId" = g."id" WHERE g."shopId" = ${shopId}::uuid`,
    Prisma.sql`g."createdAt"`,
  );
  const issued = part(
    Prisma.sql`"PoolKey" k WHERE k."shopId" = ${shopId}::uuid AND k."issuedAt" IS NOT NULL AND k."grantId" IS NULL`,
    Prisma.sql`k."issuedAt"`,
  );
  return db.$queryRaw<
    Found[]
  >`SELECT * FROM (${ofOrders} UNION ALL ${issued}) AS page ORDER BY ${order} LIMIT ${limit}`;
}

function beyond({ direction, at, id }: Place, column: Prisma.Sql): Prisma.Sql {
  return direction === "before"
    ? Prisma.sql`AND (${column}, k."id") > (${at}, ${id}::uuid)`
    : Prisma.sql`AND (${column}, k."id") < (${at}, ${id}::uuid)`;
}

/** The ids of keys that a search means. */
async function matching(shopId: string, search: string): Promise<Prisma.Sql> {
  // PostgreSQL has no null character; what stands in for it matches nothing either.
  const text = search.replaceAll("\0", "\uFFFD");
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const { keyHashes } = await readTypedKey(shopId, text);
  const hashes = keyHashes.map((hash) => Buffer.from(hash).toString("hex"));
  const end = text.replace(/^[…•.]+/u, "");
  return Prisma.sql`
    SELECT "id" FROM "PoolKey" WHERE "shopId" = ${shopId}::uuid
      AND "keyHash" = ANY(ARRAY(SELECT decode(unnest(${hashes}::text[]), 'hex')))
    UNION SELECT "id" FROM "PoolKey"
      WHERE "shopId" = ${shopId}::uuid AND "state" <> 'available' AND "keyEnd" IN (${end}, upper(${end}), lower(${end}))
    UNION SELECT "keyId" FROM "Activation" WHERE "shopId" = ${shopId}::uuid AND "fingerprint" = ${text}
    UNION SELECT "id" FROM "PoolKey" WHERE "shopId" = ${shopId}::uuid AND "holderEmail" ILIKE ${pattern}
    UNION SELECT k."id" FROM "Order" o JOIN "Grant" g ON g."orderId" = o."id" JOIN "PoolKey" k ON k."grantId" = g."id"
      WHERE o."shopId" = ${shopId}::uuid AND (o."name" ILIKE ${pattern} OR o."email" ILIKE ${pattern})`;
}

type Row = {
  id: string;
  keyEnd: string;
  keyState: LicenseFacts["keyState"];
  keyActivationLimit: number | null;
  keyExpiresAt: Date | null;
  grantState: "active" | "waiting" | "held" | "revoked" | null;
  grantExpiresAt: Date | null;
  units: number | null;
  poolName: string;
  poolActivationLimit: number | null;
  keyFor: "unit" | "line";
  title: string | null;
  orderId: string | null;
  orderName: string | null;
  email: string | null;
  used: number;
};

async function readRows(keyIds: string[]): Promise<Map<string, Row>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT k."id", k."keyEnd", k."state"::text AS "keyState", k."activationLimit" AS "keyActivationLimit",
           k."expiresAt" AS "keyExpiresAt", g."state"::text AS "grantState", g."expiresAt" AS "grantExpiresAt",
           g."units", p."name" AS "poolName", ${termsSold},
           l."title", o."id" AS "orderId", o."name" AS "orderName", coalesce(o."email", k."holderEmail") AS "email",
           (SELECT count(*)::int FROM "Activation" a WHERE a."keyId" = k."id" AND a."blockedAt" IS NULL) AS "used"
    FROM "PoolKey" k
    JOIN "Pool" p ON p."id" = k."poolId"
    LEFT JOIN "Grant" g ON g."id" = k."grantId"
    LEFT JOIN "OrderLine" l ON l."id" = g."lineId"
    LEFT JOIN "Order" o ON o."id" = g."orderId"
    WHERE k."id" = ANY(${keyIds}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

function asListed(row: Row, at: Date, now: Date): ListedLicense {
  const { keyState, keyActivationLimit, keyExpiresAt, grantState, poolActivationLimit, keyFor } = row;
  const facts: LicenseFacts = {
    keyState,
    keyActivationLimit,
    keyExpiresAt,
    grant: grantState && { state: grantState, expiresAt: row.grantExpiresAt, units: row.units ?? 1 },
    pool: { activationLimit: poolActivationLimit, keyFor },
    products: [],
  };
  return {
    id: row.id,
    keyEnd: row.keyEnd,
    state: licenseStateOf(facts, now),
    title: row.title ?? row.poolName,
    order: row.orderId && row.orderName ? { id: row.orderId, name: row.orderName } : null,
    email: row.email,
    at,
    used: row.used,
    activationLimit: activationLimitOf(facts),
  };
}

function readCursor(cursor = ""): Place | null {
  const [, direction, at, id] = /^(after|before)_(\d{1,14})_(.{36})$/.exec(cursor) ?? [];
  return direction && at && id && isUuid(id) ? { direction, at: new Date(Number(at)), id } : null;
}

function cursorTo(direction: "after" | "before", license: Found | undefined): string | null {
  return license ? `${direction}_${license.at.getTime()}_${license.id}` : null;
}
