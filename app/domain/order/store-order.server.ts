import { Prisma, type Order, type Shop } from "@prisma/client";
import { v7 as uuid } from "uuid";
import type { Tx } from "~/db.server";
import { checkoutTokenHash, factsHash } from "./facts-hash.server";
import type { OrderFacts } from "./order-facts";

export type StoredLine = {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  currentQuantity: number;
};

/** An order with what its shop says of holding and refunds. */
export type LockedOrder = Order & { policy: Pick<Shop, "holdHighRisk" | "refundRevokes"> };

const policyColumn = Prisma.sql`(
  SELECT jsonb_build_object('holdHighRisk', "holdHighRisk", 'refundRevokes', "refundRevokes")
  FROM "Shop" WHERE "Shop"."id" = "Order"."shopId") AS "policy"`;

/**
 * Makes the order's row, or finds it, and holds its lock until `tx` ends: events of one order queue here.
 *
 * @returns the row as it is now and whether this call made it.
 */
export async function lockOrder(
  tx: Tx,
  shopId: string,
  facts: OrderFacts,
): Promise<{ order: LockedOrder; isNew: boolean }> {
  const columns = columnsOf(facts);
  const [made] = await tx.$queryRaw<LockedOrder[]>`
    INSERT INTO "Order" ("id", "shopId", "shopifyId", "name", "email", "customerId", "checkoutTokenHash", "locale",
                         "sourceName", "riskLevel", "financialStatus", "isFree", "cancelledAt", "processedAt", "updatedAt", "factsHash")
    VALUES (${uuid()}::uuid, ${shopId}::uuid, ${facts.shopifyId}, ${columns.name}, ${columns.email}, ${columns.customerId},
            ${columns.checkoutTokenHash}, ${columns.locale}, ${columns.sourceName}, ${columns.riskLevel}, ${columns.financialStatus}, ${columns.isFree},
            ${columns.cancelledAt},
            ${columns.processedAt}, ${columns.updatedAt}, ${columns.factsHash})
    ON CONFLICT ("shopId", "shopifyId") DO NOTHING
    RETURNING *, ${policyColumn}`;
  if (made) return { order: made, isNew: true };

  const [order] = await tx.$queryRaw<LockedOrder[]>`
    SELECT *, ${policyColumn} FROM "Order" WHERE "shopId" = ${shopId}::uuid AND "shopifyId" = ${facts.shopifyId} FOR NO KEY UPDATE`;
  if (!order) throw new Error(`Order ${facts.shopifyId} vanished while it was being reconciled`);
  return { order, isNew: false };
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
export async function updateOrder(tx: Tx, order: Order, facts: OrderFacts) {
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
  await tx.order.update({ where: { id: order.id }, data: { ...columns, ...personal, ...kept } });
}

/**
 * Writes the order's lines.
 *
 * A product or variant deleted since keeps the id it was sold under; a line the facts no longer name
 * counts as removed.
 */
export async function storeLines(
  tx: Tx,
  { order, isNew }: { order: Order; isNew: boolean },
  facts: OrderFacts,
): Promise<StoredLine[]> {
  const rows = JSON.stringify(facts.lines.map((line) => ({ id: uuid(), ...line })));
  const lines = await tx.$queryRaw<StoredLine[]>`
    INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "productId", "variantId", "title", "variantTitle",
                             "sku", "quantity", "currentQuantity")
    SELECT "id", ${order.shopId}::uuid, ${order.id}::uuid, "shopifyId", "productId", "variantId", "title", "variantTitle",
           "sku", "quantity", "currentQuantity"
    FROM jsonb_to_recordset(${rows}::jsonb) AS line(
      "id" uuid, "shopifyId" text, "productId" text, "variantId" text, "title" text, "variantTitle" text,
      "sku" text, "quantity" int, "currentQuantity" int)
    ON CONFLICT ("orderId", "shopifyId") DO UPDATE SET
      "productId" = COALESCE(EXCLUDED."productId", "OrderLine"."productId"),
      "variantId" = COALESCE(EXCLUDED."variantId", "OrderLine"."variantId"),
      "title" = EXCLUDED."title", "variantTitle" = EXCLUDED."variantTitle", "sku" = EXCLUDED."sku",
      "quantity" = EXCLUDED."quantity", "currentQuantity" = EXCLUDED."currentQuantity"
    RETURNING "id", "productId", "variantId", "title", "currentQuantity"`;
  if (isNew) return lines;

  const lineIds = lines.map((line) => line.id);
  await tx.$executeRaw`
    UPDATE "OrderLine" SET "currentQuantity" = 0
    WHERE "orderId" = ${order.id}::uuid AND "currentQuantity" > 0 AND "id" <> ALL(${lineIds}::uuid[])`;
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
