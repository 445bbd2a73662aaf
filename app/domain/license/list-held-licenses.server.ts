import { Prisma } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import { exposeKeys } from "./expose-keys.server";
import { heldLicense, type HeldLicense, type HeldRow } from "./held-license";
import { decryptKey } from "./key-text.server";
import { termsSold } from "./terms-sold.server";

export type LicenseSearch = {
  /** Of the order or the holder, in any case. */
  email?: string | null;
  /** A Shopify gid, its digits, or the order's name with or without #. */
  order?: string | null;
  reference?: string | null;
  /** A license's id. */
  id?: string | null;
};

export type ListHeldLicensesInput = {
  shopId: string;
  search: LicenseSearch;
  /** Whether the texts of keys may be told; each then counts as out (see `exposeKeys`). */
  withKeys: boolean;
  /** `next` of the page before. */
  after: string | null;
  limit: number;
  now: Date;
};

export type HeldLicensePage = { licenses: HeldLicense[]; next: string | null };

type StoredRow = HeldRow & { ciphertext: Uint8Array };

/**
 * A page of a shop's licenses, of orders and issued ones, by ascending id.
 *
 * Each that is there from the first page to the last comes exactly once, whatever is added meanwhile.
 *
 * @returns null when `after` is no cursor of ours.
 */
export async function listHeldLicenses(input: ListHeldLicensesInput): Promise<HeldLicensePage | null> {
  const { shopId, search, withKeys, after, limit, now } = input;
  const start = after === null ? null : idOf(after);
  if (after !== null && start === null) return null;

  const rows = await readRows(shopId, [...conditionsOf(shopId, search), ...(start ? [from(start)] : [])], limit + 1);
  const page = rows.slice(0, limit);
  const texts = withKeys ? await textsOf(shopId, page, now) : new Map<string, string>();
  const last = page.at(-1);
  return {
    licenses: page.map((row) => heldLicense(row, texts.get(row.id) ?? null, now)),
    next: rows.length > limit && last ? Buffer.from(last.id.replaceAll("-", ""), "hex").toString("base64url") : null,
  };
}

/** One license, by its id. @returns null when the shop has none of that id */
export async function findHeldLicense(
  input: Pick<ListHeldLicensesInput, "shopId" | "withKeys" | "now"> & { id: string },
): Promise<HeldLicense | null> {
  const { id, ...rest } = input;
  if (!isUuid(id)) return null;

  const page = await listHeldLicenses({ ...rest, search: { id }, after: null, limit: 1 });
  return page?.licenses[0] ?? null;
}

function conditionsOf(shopId: string, { email, order, reference, id }: LicenseSearch): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (id) conditions.push(Prisma.sql`k."id" = ${id}::uuid`);
  if (reference) conditions.push(Prisma.sql`k."reference" = ${reference}`);
  if (email) {
    const address = email.trim().toLowerCase();
    conditions.push(Prisma.sql`k."id" IN (
      ${ofOrders(shopId, Prisma.sql`o."email" ILIKE ${literally(address)}`)}
      UNION SELECT "id" FROM "PoolKey" WHERE "shopId" = ${shopId}::uuid AND "holderEmail" = ${address})`);
  }
  if (order) {
    const name = order.trim().replace(/^#/, "");
    const gid = /^\d+$/.test(name) ? `gid://shopify/Order/${name}` : name;
    const isIt = Prisma.sql`(o."shopifyId" = ${gid} OR o."name" IN (${name}, ${`#${name}`}))`;
    conditions.push(Prisma.sql`k."id" IN (${ofOrders(shopId, isIt)})`);
  }
  return conditions;
}

function ofOrders(shopId: string, isIt: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT own."id" FROM "Order" o JOIN "Grant" g ON g."orderId" = o."id" JOIN "PoolKey" own ON own."grantId" = g."id"
    WHERE o."shopId" = ${shopId}::uuid AND ${isIt}`;
}

function from(id: string): Prisma.Sql {
  return Prisma.sql`k."id" > ${id}::uuid`;
}

function readRows(shopId: string, conditions: Prisma.Sql[], limit: number): Promise<StoredRow[]> {
  const isLicense = Prisma.sql`
    k."shopId" = ${shopId}::uuid AND (k."grantId" IS NOT NULL OR k."issuedAt" IS NOT NULL) AND k."state" <> 'available'`;
  return db.$queryRaw<StoredRow[]>`
    SELECT k."id", k."keyEnd", k."ciphertext", k."state"::text AS "keyState", k."activationLimit" AS "keyActivationLimit",
           k."expiresAt" AS "keyExpiresAt", k."issuedAt" AS "keyIssuedAt", k."holderEmail", k."reference",
           p."id" AS "poolId", p."name" AS "poolName", ${termsSold},
           g."id" AS "grantId", g."state"::text AS "grantState", g."expiresAt" AS "grantExpiresAt",
           g."createdAt" AS "grantedAt", g."units",
           o."shopifyId" AS "orderShopifyId", o."name" AS "orderName", o."email" AS "orderEmail",
           l."title", l."variantTitle", l."productId", l."variantId", l."sku",
           (SELECT count(*)::int FROM "Activation" WHERE "keyId" = k."id" AND "blockedAt" IS NULL) AS "used"
    FROM (
      SELECT * FROM "PoolKey" k WHERE ${Prisma.join([isLicense, ...conditions], " AND ")}
      ORDER BY k."id" LIMIT ${limit}
    ) k
    JOIN "Pool" p ON p."id" = k."poolId"
    LEFT JOIN "Grant" g ON g."id" = k."grantId"
    LEFT JOIN "OrderLine" l ON l."id" = g."lineId"
    LEFT JOIN "Order" o ON o."id" = g."orderId"
    ORDER BY k."id"`;
}

/** By license. An issued key belongs to nobody's order and never goes back to its pool; the others are marked as out. */
async function textsOf(shopId: string, rows: StoredRow[], now: Date): Promise<Map<string, string>> {
  const grantIds = rows.flatMap(({ grantId }) => (grantId ? [grantId] : []));
  const exposed = await exposeKeys(db, { shopId, grantIds, now });

  const texts = new Map<string, string>();
  for (const { id, grantId, ciphertext } of rows) {
    const text = grantId ? exposed.get(grantId) : decryptKey(shopId, ciphertext);
    if (text !== undefined) texts.set(id, text);
  }
  return texts;
}

/** The text as a pattern for ILIKE that matches nothing else. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function idOf(cursor: string): string | null {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length !== 16 || bytes.toString("base64url") !== cursor) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
