import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { action as appAction } from "~/routes/webhooks.app";
import { action as complianceAction } from "~/routes/webhooks.compliance";
import { action as customersAction } from "~/routes/webhooks.customers";
import { action as ordersAction } from "~/routes/webhooks.orders";
import { createAttachment, createOrder, createShop } from "../factories";
import { expectNoise } from "../setup/expect-noise";
import { answerOf, webhookRequest } from "../setup/signed-requests";

const fixture = (topic: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/webhooks/${topic}.json`, import.meta.url), "utf8"));
const PRODUCT_NUMBER = 8120398;

function paidOrder(over: Record<string, unknown> = {}) {
  const sample = fixture("orders_paid");
  return {
    ...sample,
    financial_status: "paid",
    cancelled_at: null,
    checkout_token: "checkout-1",
    line_items: sample.line_items
      .slice(0, 1)
      .map((line: object) => ({ ...line, product_id: PRODUCT_NUMBER, quantity: 2, current_quantity: 2 })),
    ...over,
  };
}

async function sellingShop() {
  const shop = await createShop();
  await createAttachment({ shopId: shop.id, productId: `gid://shopify/Product/${PRODUCT_NUMBER}` });
  return shop;
}

function deliver(action: typeof ordersAction, request: Request) {
  return answerOf(() => action({ request, params: {}, context: {} }));
}

describe("webhooks/orders", () => {
  test("given Shopify's sample of orders/paid, when delivered, then its line is granted and its ids kept to the digit", async () => {
    const shop = await sellingShop();

    const request = webhookRequest({ shop: shop.domain, topic: "orders/paid", body: paidOrder() });
    expect((await deliver(ordersAction, request)).status).toBe(200);

    const order = await db.order.findFirstOrThrow({ where: { shopId: shop.id }, include: { grants: true } });
    expect(order).toMatchObject({
      shopifyId: "gid://shopify/Order/820982911946154508",
      customerId: "gid://shopify/Customer/115310627314723954",
      email: "jon@example.com",
    });
    expect(order.grants).toMatchObject([{ state: "active", units: 2 }]);
  });

  test("given ten of the same delivery at once, when delivered, then all are answered 200 and granted once", async () => {
    const shop = await sellingShop();
    const requests = Array.from({ length: 10 }, () =>
      webhookRequest({ shop: shop.domain, topic: "orders/paid", body: paidOrder() }),
    );

    const answers = await Promise.all(requests.map((request) => deliver(ordersAction, request)));

    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(1);
  });

  test.each([
    ["without protected fields", { email: undefined, contact_email: undefined, phone: undefined, customer: undefined }],
    ["without a customer", { customer: null, email: null, contact_email: null }],
    ["from a point of sale", { source_name: "pos", checkout_token: null, customer_locale: null }],
    ["from a draft", { source_name: "shopify_draft_order" }],
    ["from a subscription renewal", { source_name: "subscription_contract" }],
  ])("given an order %s, when delivered, then it is granted all the same", async (_name, over) => {
    const shop = await sellingShop();

    const request = webhookRequest({ shop: shop.domain, topic: "orders/paid", body: paidOrder(over) });
    expect((await deliver(ordersAction, request)).status).toBe(200);

    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(1);
  });

  test.each([
    ["text", "hello"],
    ["nothing but a bracket", "{"],
    ["an empty object", "{}"],
    ["a list", "[]"],
    ["null", "null"],
    ["lines that are no list", JSON.stringify(paidOrder({ line_items: "many" }))],
    [
      "a negative quantity",
      JSON.stringify(paidOrder({ line_items: [{ ...paidOrder().line_items[0], quantity: -1 }] })),
    ],
    ["a date that is none", JSON.stringify(paidOrder({ updated_at: "yesterday" }))],
    ["a gid of something else", JSON.stringify(paidOrder({ admin_graphql_api_id: "gid://shopify/Product/1" }))],
    ["a NUL in it", '{"a":"\u0000"}'],
  ])(
    "given a signed body that is %s, when delivered, then 422, the reason logged and the delivery kept",
    async (_name, body) => {
      const shop = await sellingShop();
      expectNoise(/rejected/);

      const answer = await deliver(ordersAction, webhookRequest({ shop: shop.domain, topic: "orders/paid", body }));

      expect(answer.status).toBe(422);
      const kept = await db.rejectedWebhook.findFirstOrThrow({ where: { shopDomain: shop.domain } });
      expect(kept).toMatchObject({ topic: "orders/paid", body: body.replaceAll("\0", "\uFFFD") });
      expect(kept.reason).not.toBe("");
      expect(await db.order.count({ where: { shopId: shop.id } })).toBe(0);
    },
  );

  test("given a wrong signature, when delivered, then 401 and nothing is written", async () => {
    const shop = await sellingShop();
    const headers = { "X-Shopify-Hmac-Sha256": Buffer.alloc(32).toString("base64") };

    const request = webhookRequest({ shop: shop.domain, topic: "orders/paid", body: paidOrder(), headers });
    expect((await deliver(ordersAction, request)).status).toBe(401);

    expect(await db.order.count({ where: { shopId: shop.id } })).toBe(0);
  });

  test.each([
    "X-Shopify-Hmac-Sha256",
    "X-Shopify-Topic",
    "X-Shopify-Shop-Domain",
    "X-Shopify-API-Version",
    "X-Shopify-Webhook-Id",
  ])("given no header %s, when delivered, then 400", async (name) => {
    const shop = await sellingShop();

    const request = webhookRequest({
      shop: shop.domain,
      topic: "orders/paid",
      body: paidOrder(),
      headers: { [name]: null },
    });
    expect((await deliver(ordersAction, request)).status).toBe(400);
  });

  test("given a body with a byte order mark, when signed so, then the signature holds and the reason is the body", async () => {
    const shop = await sellingShop();
    expectNoise(/rejected/);

    const request = webhookRequest({
      shop: shop.domain,
      topic: "orders/paid",
      body: `\uFEFF${JSON.stringify(paidOrder())}`,
    });
    expect((await deliver(ordersAction, request)).status).toBe(422);
  });

  test("given a shop that never installed, when delivered, then 200 and nothing is written", async () => {
    const request = webhookRequest({ shop: "nobody.myshopify.com", topic: "orders/paid", body: paidOrder() });

    expect((await deliver(ordersAction, request)).status).toBe(200);
  });

  test("given a product topic, when it comes to the orders' address, then it is rejected", async () => {
    const shop = await sellingShop();
    expectNoise(/rejected/);

    const request = webhookRequest({ shop: shop.domain, topic: "products/update", body: paidOrder() });
    expect((await deliver(ordersAction, request)).status).toBe(422);
  });
});

describe("webhooks/app", () => {
  const session = (shop: string) => ({
    id: `offline_${shop}`,
    shop,
    state: "",
    accessToken: "token",
    scope: "read_orders",
  });

  test("given an installed shop, when it uninstalls, then its tokens are gone and its data stays", async () => {
    const shop = await sellingShop();
    await db.session.create({ data: session(shop.domain) });

    const request = webhookRequest({ shop: shop.domain, topic: "app/uninstalled", body: fixture("app_uninstalled") });
    expect((await deliver(appAction, request)).status).toBe(200);

    expect(await db.session.count({ where: { shop: shop.domain } })).toBe(0);
    expect((await db.shop.findUniqueOrThrow({ where: { id: shop.id } })).uninstalledAt).not.toBeNull();
    expect(await db.attachment.count({ where: { shopId: shop.id } })).toBe(1);
  });

  test("given a shop that left and is back, when its leaving is told once more, then it stays, and leaving again ends it", async () => {
    const shop = await createShop();
    const tell = (at: Date) => {
      const headers = { "X-Shopify-Triggered-At": at.toISOString() };
      const body = fixture("app_uninstalled");
      return deliver(appAction, webhookRequest({ shop: shop.domain, topic: "app/uninstalled", body, headers }));
    };
    const leftAt = new Date(Date.now() + 1_000);
    const backAt = new Date(leftAt.getTime() + 60_000);
    await tell(leftAt);
    await installShop(shop.domain, backAt);
    await db.session.create({ data: session(shop.domain) });

    await tell(leftAt);
    expect(await db.shop.findUnique({ where: { id: shop.id } })).toMatchObject({ uninstalledAt: null });
    expect(await db.session.count({ where: { shop: shop.domain } })).toBe(1);

    await tell(new Date(backAt.getTime() + 60_000));
    expect(await db.shop.findUnique({ where: { id: shop.id } })).not.toMatchObject({ uninstalledAt: null });
    expect(await db.session.count({ where: { shop: shop.domain } })).toBe(0);
  });

  test("given new scopes, when Shopify tells, then the shop's sessions hold them", async () => {
    const shop = await createShop();
    await db.session.create({ data: session(shop.domain) });

    const request = webhookRequest({
      shop: shop.domain,
      topic: "app/scopes_update",
      body: fixture("app_scopes_update"),
    });
    expect((await deliver(appAction, request)).status).toBe(200);

    expect(await db.session.findFirst({ where: { shop: shop.domain } })).toMatchObject({
      scope: "read_products,write_products",
    });
  });

  test("given scopes that are no list, when delivered, then 422", async () => {
    const shop = await createShop();
    expectNoise(/rejected/);

    const request = webhookRequest({ shop: shop.domain, topic: "app/scopes_update", body: { current: "all" } });
    expect((await deliver(appAction, request)).status).toBe(422);
  });
});

describe("webhooks/compliance", () => {
  test.each(["customers_data_request", "customers_redact", "shop_redact"])(
    "given Shopify's sample of %s, when delivered twice, then one request is written down with its job",
    async (name) => {
      const shop = await createShop();
      await createOrder({ shopId: shop.id });
      const headers = { "X-Shopify-Webhook-Id": `delivery-${name}` };
      const topic = name.replace("_", "/");
      const body = fixture(name);

      for (const request of [1, 2].map(() => webhookRequest({ shop: shop.domain, topic, body, headers }))) {
        expect((await deliver(complianceAction, request)).status).toBe(200);
      }

      const [asked] = await db.complianceRequest.findMany({ where: { shopId: shop.id } });
      expect(asked?.topic).toBe(topic);
      const jobs = await db.$queryRaw<object[]>`
        SELECT 1 FROM graphile_worker._private_jobs WHERE payload->>'complianceRequestId' = ${asked?.id}`;
      expect(jobs).toHaveLength(1);
    },
  );
});

describe("webhooks/customers", () => {
  const merged = { ...fixture("customers_merge"), status: "completed", errors: [] };
  const [kept, deleted] = ["gid://shopify/Customer/1", "gid://shopify/Customer/2"];

  async function tell(shop: string, body: unknown) {
    return deliver(customersAction, webhookRequest({ shop, topic: "customers/merge", body }));
  }

  test("given two customers with orders, when Shopify has merged them, then the kept one has all, once, and no other's", async () => {
    const shop = await createShop();
    const other = await createShop();
    await createOrder({ shopId: shop.id, customerId: kept });
    await createOrder({ shopId: shop.id, customerId: deleted });
    await createOrder({ shopId: other.id, customerId: deleted });

    const answers = [await tell(shop.domain, merged), await tell(shop.domain, merged)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await db.order.count({ where: { shopId: shop.id, customerId: kept } })).toBe(2);
    expect(await db.order.count({ where: { shopId: other.id, customerId: deleted } })).toBe(1);
    expect(await db.auditEntry.findMany({ where: { shopId: shop.id } })).toMatchObject([
      { action: "customers_merged", data: { orders: 1 } },
    ]);
  });

  test.each([
    ["in turn", [0, 1, 2]],
    ["the other way around", [2, 1, 0]],
    ["in no order, and twice", [1, 0, 2, 1, 0]],
  ])("given a chain of merges, when it is told %s, then the last one kept has all", async (_, order) => {
    const shop = await createShop();
    const customers = ["4", "3", "2", "1"].map((id) => `gid://shopify/Customer/${id}`);
    for (const customerId of customers) await createOrder({ shopId: shop.id, customerId });

    for (const index of order) {
      const [from, to] = [customers[index], customers[index + 1]];
      const body = { ...merged, admin_graphql_api_customer_deleted_id: from, admin_graphql_api_customer_kept_id: to };
      await tell(shop.domain, body);
    }

    expect(await db.order.count({ where: { shopId: shop.id, customerId: kept } })).toBe(4);
  });

  test("given Shopify's sample of a merge that failed, when delivered, then nobody's orders move", async () => {
    const shop = await createShop();
    await createOrder({ shopId: shop.id, customerId: deleted });

    const { status } = await tell(shop.domain, fixture("customers_merge"));

    expect(status).toBe(200);
    expect(await db.order.count({ where: { shopId: shop.id, customerId: deleted } })).toBe(1);
  });

  test("given a body that names no customers, when delivered, then it is kept as rejected", async () => {
    expectNoise(/customers\/merge .* rejected/);
    const shop = await createShop();

    const { status } = await tell(shop.domain, { status: "completed" });

    expect(status).toBe(422);
    expect(await db.rejectedWebhook.count({ where: { shopDomain: shop.domain } })).toBe(1);
  });
});
