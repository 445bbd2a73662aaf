import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import pg from "pg";
import { v7 as uuid } from "uuid";
import { API_SECRET, type AppUnderLoad } from "./app-under-load.ts";
import { CONNECTIONS, perSecond, type Figure } from "./measure.ts";
import type { BenchShop } from "./shop-with-products.ts";

const DELIVERIES = 3_000;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Signed `orders/paid` deliveries over HTTP (3 lines, 3 grants, 1 delivery, 2 jobs each) against the same rows in bare SQL. */
export async function measureOrdersPaid(app: AppUnderLoad, shop: BenchShop): Promise<Figure> {
  const measured = await perSecond(DELIVERIES, (piece) => deliverOrderPaid(app.url, shop, piece));
  const reference = await bareOrders(app.databaseUrl, shop, {
    count: DELIVERIES,
    jobs: ["send_delivery", "fulfill_lines"],
  });

  return {
    what: "orders/paid deliveries (3 lines, 3 grants, 1 delivery, 2 jobs)",
    against: "the same rows in bare SQL",
    measured,
    reference,
  };
}

/** @param piece  makes the order's number and its customer's address */
export function deliverOrderPaid(appUrl: string, shop: BenchShop, piece: number) {
  const body = JSON.stringify(orderPayload(shop, piece));
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "X-Shopify-Topic": "orders/paid",
    "X-Shopify-Hmac-Sha256": createHmac("sha256", API_SECRET).update(body).digest("base64"),
    "X-Shopify-Shop-Domain": shop.domain,
    "X-Shopify-API-Version": "2026-07",
    "X-Shopify-Webhook-Id": randomUUID(),
  };
  return new Promise<void>((resolve, reject) => {
    const call = request(`${appUrl}/webhooks/orders`, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode}`)),
      );
    });
    call.on("error", reject);
    call.end(body);
  });
}

function orderPayload(shop: BenchShop, piece: number) {
  const number = 5_000_000_000_000 + piece;
  const at = new Date().toISOString();
  return {
    id: number,
    admin_graphql_api_id: `gid://shopify/Order/${number}`,
    name: `#${piece}`,
    email: `buyer-${piece}@example.com`,
    customer: { id: number, admin_graphql_api_id: `gid://shopify/Customer/${number}` },
    checkout_token: `checkout-${piece}`,
    customer_locale: "en",
    financial_status: "paid",
    total_price: "30.00",
    cancelled_at: null,
    created_at: at,
    processed_at: at,
    updated_at: at,
    line_items: shop.productNumbers.map((productNumber, index) => ({
      admin_graphql_api_id: `gid://shopify/LineItem/${number}${index}`,
      product_id: productNumber,
      variant_id: productNumber,
      title: `Product ${index}`,
      variant_title: null,
      sku: null,
      quantity: 1,
      current_quantity: 1,
    })),
  };
}

type BareOrders = { count: number; jobs: string[]; prefix?: string };

/** How many orders a second bare SQL writes, each with all that reconciling one leaves behind. */
export async function bareOrders(
  databaseUrl: string,
  shop: BenchShop,
  { count, jobs, prefix = "bare" }: BareOrders,
): Promise<number> {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const rate = await perSecond(count, async (piece, connection) => {
    const client = clients[connection];
    if (client) await writeOrder(client, shop, `${prefix}-${piece}`, jobs);
  });
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}

/** What one delivery leaves behind, written in one transaction. */
async function writeOrder(client: pg.Client, shop: BenchShop, name: string, jobs: string[]) {
  const orderId = uuid();
  const lineIds = shop.productNumbers.map(() => uuid());
  const grantIds = shop.productNumbers.map(() => uuid());
  const gids = shop.productNumbers.map((number) => `gid://shopify/Product/${number}`);

  await client.query("BEGIN");
  await client.query(
    `INSERT INTO "Order" ("id", "shopId", "shopifyId", "name", "email", "customerId", "checkoutTokenHash", "locale",
                          "financialStatus", "processedAt", "paidAt", "updatedAt", "factsHash")
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'en', 'paid', now(), now(), now(), $8)`,
    [orderId, shop.id, name, `#${name}`, "a@example.com", `customer-${name}`, Buffer.alloc(32), Buffer.alloc(32)],
  );
  await client.query(
    `INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "productId", "variantId", "title", "quantity", "currentQuantity")
     SELECT line, $2, $3, line::text, product, product, 'Product', 1, 1 FROM unnest($1::uuid[], $4::text[]) AS t (line, product)`,
    [lineIds, shop.id, orderId, gids],
  );
  await client.query(
    `INSERT INTO "Grant" ("id", "shopId", "orderId", "lineId", "attachmentId", "assetId", "state", "downloadLimit", "downloadLimitPerUnit")
     SELECT id, $2, $3, line, attachment, asset, 'active', 5, 5
     FROM unnest($1::uuid[], $4::uuid[], $5::uuid[], $6::uuid[]) AS t (id, line, attachment, asset)`,
    [grantIds, shop.id, orderId, lineIds, shop.attachmentIds, shop.assetIds],
  );
  await client.query(
    `INSERT INTO "AuditEntry" ("id", "shopId", "actor", "action", "orderId", "data") VALUES ($1, $2, 'shopify', 'granted', $3, '{"count":3}')`,
    [uuid(), shop.id, orderId],
  );
  const deliveryId = uuid();
  await client.query(
    `INSERT INTO "Delivery" ("id", "shopId", "orderId", "kind", "tokenHash", "tokenCiphertext", "expiresAt")
     VALUES ($1, $2, $3, 'granted', $4, $5, now())`,
    [deliveryId, shop.id, orderId, randomBytes(32), Buffer.alloc(64)],
  );
  for (const job of jobs) {
    await client.query(`SELECT graphile_worker.add_job($1, json_build_object('deliveryId', $2::text))`, [
      job,
      deliveryId,
    ]);
  }
  await client.query("COMMIT");
}
