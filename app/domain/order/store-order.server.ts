import { Prisma, type Order, type Shop } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { queryPrepared, type Tx } from "~/db.server";
import { checkoutTokenHash, factsHash } from "./facts-hash.server";
import type { OrderFacts } from "./order-facts";

export type StoredLine = {
  id: string;
  shopifyId: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  currentQuantity: number;
};

/** An order with what its shop says of holding and refunds. */
export type LockedOrder = Order & { policy: Pick<Shop, "holdHighRisk" | "refundRevokes"> };

const columns = Prisma.raw(
  Object.values(Prisma.OrderScalarFieldEnum)
    .map((column) => `"Order"."${column}"`)
    .join(", "),
);

const policyColumn = Prisma.sql`(
  SELECT jsonb_build_object('holdHighRisk', "holdHighRisk", 'refundRevokes', "refundRevokes")
  FROM "Shop" WHERE "Shop"."id" = "Order"."shopId") AS "policy"`;

/**
 * Makes the order's row with its lines, or finds it, and holds its lock until `tx` ends: events of one order queue here.
 *
 * @returns the row as it is now, and the lines when this call made it; null: it was there.
 */
export async function lockOrder(
  tx: Tx,
  shopId: string,
  facts: OrderFacts,
): Promise<{ order: LockedOrder; madeLines: StoredLine[] | null }> {
  const made = await makeOrder(tx, shopId, facts);
  if (made) return made;

  const [order] = await queryPrepared<LockedOrder>(
    tx,
    "lock order",
    Prisma.sql`
      SELECT ${columns}, ${policyColumn} FROM "Order"
      WHERE "shopId" = ${shopId}::uuid AND "shopifyId" = ${facts.shopifyId} FOR NO KEY UPDATE`,
  );
  if (!order) throw new Error(`Order ${facts.shopifyId} vanished while it was being reconciled`);
  return { order, madeLines: null };
}

/** @returns null when the order is there already. */
async function makeOrder(tx: Tx, shopId: string, facts: OrderFacts) {
  const given = columnsOf(facts);
  const sql = Prisma.sql`
    WITH made AS (
      INSERT INTO "Order" ("id", "shopId", "shopifyId", "name", "email", "customerId", "checkoutTokenHash", "locale",
                           "sourceName", "riskLevel", "financialStatus", "isFree", "cancelledAt", "processedAt",
                           "updatedAt", "factsHash")
      VALUES (${uuid()}::uuid, ${shopId}::uuid, ${facts.shopifyId}, ${given.name}, ${given.email}, ${given.customerId},
              ${given.checkoutTokenHash}, ${given.locale}, ${given.sourceName}, ${given.riskLevel},
              ${given.financialStatus}, ${given.isFree}, ${given.cancelledAt}, ${given.processedAt},
              ${given.updatedAt}, ${given.factsHash})
      ON CONFLICT ("shopId", "shopifyId") DO NOTHING
      RETURNING ${columns}
    ), lines AS (
      INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "productId", "variantId", "title",
                               "variantTitle", "sku", "quantity", "currentQuantity")
      SELECT line."id", made."shopId", made."id", line."shopifyId", line."productId", line."variantId", line."title",
             line."variantTitle", line."sku", line."quantity", line."currentQuantity"
      FROM made, ${givenLines(facts)}
      RETURNING "id", "shopifyId", "productId", "variantId", "title", "currentQuantity"
    )
    SELECT ${columns}, ${policyColumn}, (SELECT COALESCE(jsonb_agg(lines), '[]') FROM lines) AS "madeLines"
    FROM made AS "Order"`;
  const [made] = await queryPrepared<LockedOrder & { madeLines: StoredLine[] }>(tx, "make order", sql);
  if (!made) return null;
  const { madeLines, ...order } = made;
  return { order, madeLines };
}

/** The lines of the facts as rows, each with an id should it be new. */
function givenLines(facts: OrderFacts): Prisma.Sql {
  const rows = JSON.stringify(facts.lines.map((line) => ({ id: uuid(), ...line })));
  return Prisma.sql`jsonb_to_recordset(${rows}::jsonb) AS line(
    "id" uuid, "shopifyId" text, "productId" text, "variantId" text, "title" text, "variantTitle" text, "sku" text,
    "quantity" int, "currentQuantity" int)`;
}

/** Webhooks alone tell the checkout token, which never changes: an order first read by us has it from a late one, too. */
export async function learnCheckoutToken(tx: Tx, order: Order, facts: OrderFacts) {
  if (!facts.checkoutToken || order.checkoutTokenHash || order.redactedAt) return;
  await tx.order.update({
    where: { id: order.id },
    data: { checkoutTokenHash: checkoutTokenHash(facts.checkoutToken) },
  });
}

/** Writes newer facts over those stored. What the source may not show (null) stays as it was known. */
export async function updateOrder(tx: Tx, order: Order, facts: OrderFacts, now: Date) {
  const {
    email,
    customerId,
    checkoutTokenHash: tokenHash,
    locale,
    sourceName,
    riskLevel,
    ...columns
  } = columnsOf(facts);
  const personal = order.redactedAt
    ? {}
    : {
        email: email ?? order.email,
        customerId: customerId ?? order.customerId,
        checkoutTokenHash: tokenHash ?? order.checkoutTokenHash,
      };
  const kept = {
    locale: locale ?? order.locale,
    sourceName: sourceName ?? order.sourceName,
    riskLevel: riskLevel ?? order.riskLevel,
  };
  await tx.order.update({ where: { id: order.id }, data: { ...columns, ...personal, ...kept, storedAt: now } });
}

/**
 * Writes the lines of an order that was there.
 *
 * A product or variant deleted since keeps the id it was sold under; a line the facts no longer name
 * counts as removed.
 */
export async function storeLines(tx: Tx, order: Order, facts: OrderFacts): Promise<StoredLine[]> {
  const sql = Prisma.sql`
    INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "productId", "variantId", "title", "variantTitle",
                             "sku", "quantity", "currentQuantity")
    SELECT "id", ${order.shopId}::uuid, ${order.id}::uuid, "shopifyId", "productId", "variantId", "title", "variantTitle",
           "sku", "quantity", "currentQuantity"
    FROM ${givenLines(facts)}
    ON CONFLICT ("orderId", "shopifyId") DO UPDATE SET
      "productId" = COALESCE(EXCLUDED."productId", "OrderLine"."productId"),
      "variantId" = COALESCE(EXCLUDED."variantId", "OrderLine"."variantId"),
      "title" = EXCLUDED."title", "variantTitle" = EXCLUDED."variantTitle", "sku" = EXCLUDED."sku",
      "quantity" = EXCLUDED."quantity", "currentQuantity" = EXCLUDED."currentQuantity"
    RETURNING "id", "shopifyId", "productId", "variantId", "title", "currentQuantity"`;
  const lines = await queryPrepared<StoredLine>(tx, "store lines", sql);

  const lineIds = lines.map((line) => line.id);
  const removed = Prisma.sql`
    UPDATE "OrderLine" SET "currentQuantity" = 0
    WHERE "orderId" = ${order.id}::uuid AND "currentQuantity" > 0 AND "id" <> ALL(${lineIds}::uuid[])`;
  await queryPrepared(tx, "remove lines", removed);
  return lines;
}

function columnsOf(facts: OrderFacts) {
  return {
    name: facts.name,
    email: facts.email,
    customerId: facts.customerId,
    checkoutTokenHash: facts.checkoutToken ? checkoutTokenHash(facts.checkoutToken) : null,
    locale: facts.locale,
    sourceName: facts.sourceName,
    riskLevel: facts.riskLevel,
    financialStatus: facts.financialStatus,
    isFree: facts.isFree,
    cancelledAt: facts.cancelledAt,
    processedAt: facts.processedAt,
    updatedAt: facts.updatedAt,
    factsHash: factsHash(facts),
  };
}
