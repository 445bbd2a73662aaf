import pg from "pg";
import type { BenchShop } from "./shop-with-products.ts";

/** Sizes of a shop's history at which the cost of an order is measured. */
export const HISTORIES = [10_000, 1_000_000];

const BATCH = 30_000;

/** Fills the tables with delivered orders of three lines and three grants each, until there are so many grants. */
export async function fillHistory(databaseUrl: string, shop: BenchShop, grants: number) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM "Grant"`);
  const missing = Math.ceil((grants - (rows[0]?.count ?? 0)) / 3);
  for (let from = 0; from < missing; from += BATCH) {
    await client.query(oneBatch, [
      shop.id,
      Math.min(BATCH, missing - from),
      shop.productNumbers.map((number) => `gid://shopify/Product/${number}`),
      shop.attachmentIds,
      shop.assetIds,
    ]);
  }
  await client.query("VACUUM ANALYZE");
  await client.end();
}

const oneBatch = `
  WITH sold AS (
    INSERT INTO "Order" ("id", "shopId", "shopifyId", "name", "email", "customerId", "checkoutTokenHash", "locale",
                         "financialStatus", "processedAt", "paidAt", "updatedAt", "factsHash")
    SELECT uuidv7(), $1::uuid, 'sold-' || gen_random_uuid(), '#' || n, n || '@example.com', 'customer-' || n, '\\x00', 'en',
           'paid', now(), now(), now(), '\\x00'
    FROM generate_series(1, $2::int) AS n
    RETURNING "id"
  ), lines AS (
    INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "productId", "variantId", "title", "quantity", "currentQuantity")
    SELECT uuidv7(), $1::uuid, sold."id", gen_random_uuid()::text, product, product, 'Product', 1, 1
    FROM sold, unnest($3::text[]) AS product
    RETURNING "id", "orderId", "productId"
  ), granted AS (
    INSERT INTO "Grant" ("id", "shopId", "orderId", "lineId", "attachmentId", "assetId", "state", "downloadLimit", "downloadLimitPerUnit")
    SELECT uuidv7(), $1::uuid, lines."orderId", lines."id", attachment, asset, 'active', 5, 5
    FROM lines JOIN unnest($3::text[], $4::uuid[], $5::uuid[]) AS gives (product, attachment, asset) ON product = "productId"
  ), told AS (
    INSERT INTO "Delivery" ("id", "shopId", "orderId", "kind", "state", "tokenHash", "expiresAt", "sentAt")
    SELECT uuidv7(), $1::uuid, "id", 'granted', 'sent', uuid_send(gen_random_uuid()), now(), now() FROM sold
  )
  INSERT INTO "AuditEntry" ("id", "shopId", "actor", "action", "orderId", "data")
  SELECT uuidv7(), $1::uuid, 'shopify', 'granted', "id", '{"count":3}' FROM sold`;
