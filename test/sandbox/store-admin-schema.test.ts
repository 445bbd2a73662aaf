import { describe, expect, test } from "vitest";
import { adminClient, at, startWorld } from "./store-world";

async function worldWithOrders(count = 1, options: Parameters<typeof startWorld>[0] = {}) {
  const world = await startWorld({ topics: ["orders/cancelled"], ...options });
  const line = { variantId: world.variantOf("SYNTH-PRO").id, quantity: 3 };
  const orders = Array.from(
    { length: count },
    () => world.store.placeOrder({ email: "ada@example.com", lines: [line] }).order,
  );
  const [order] = orders;
  if (!order) throw new Error("no order was made");
  return { world, orders, order, query: await adminClient(world) };
}

describe("the Admin API", () => {
  test("given an order with a refund, when it is read, then it says what is left, as the webhook does", async () => {
    const { world, order, query } = await worldWithOrders();
    world.store.refundOrder(order.id, { lines: [{ variantId: world.variantOf("SYNTH-PRO").id, quantity: 1 }] });
    world.store.setRisk(order.id, "high");

    const { body } = await query(
      `query Facts($id: ID!) {
        order(id: $id) {
          id name email cancelledAt updatedAt customerLocale sourceName checkoutToken: statusPageUrl displayFinancialStatus
          customer { id email defaultEmailAddress { emailAddress } }
          lineItems(first: 50) { nodes { id quantity currentQuantity sku product { id title } variant { id } sellingPlan { name } } pageInfo { hasNextPage } }
          transactions { kind status processedAt amountSet { shopMoney { amount currencyCode } } }
          refunds { id totalRefundedSet { shopMoney { amount } } refundLineItems(first: 10) { nodes { quantity lineItem { id } } } }
          risk { recommendation assessments { riskLevel } }
        }
      }`,
      { id: order.id },
    );

    expect(body).not.toHaveProperty("errors");
    expect(at(body, "data.order")).toMatchObject({
      id: order.id,
      email: "ada@example.com",
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      updatedAt: order.updatedAt,
      customer: { id: order.customerId, defaultEmailAddress: { emailAddress: "ada@example.com" } },
      lineItems: { nodes: [{ quantity: 3, currentQuantity: 2, product: { title: "Synth Pro" }, sellingPlan: null }] },
      transactions: [
        { kind: "SALE" },
        { kind: "REFUND", amountSet: { shopMoney: { amount: "89.00", currencyCode: "USD" } } },
      ],
      refunds: [{ refundLineItems: { nodes: [{ quantity: 1 }] } }],
      risk: { recommendation: "CANCEL", assessments: [{ riskLevel: "HIGH" }] },
    });
  });

  test("given a field that does not exist, when it is asked for, then nothing runs and Shopify's words say which", async () => {
    const { query } = await worldWithOrders();

    const { status, body } = await query('query Bad { products(first: 1, color: "red") { nodes { id fileName } } }');

    expect(status).toBe(200);
    expect(body).not.toHaveProperty("data");
    expect(at(body, "errors")).toMatchObject([
      { message: "Field 'products' doesn't accept argument 'color'", extensions: { code: "argumentNotAccepted" } },
      {
        message: "Field 'fileName' doesn't exist on type 'Product'",
        path: ["query Bad", "products", "nodes", "fileName"],
        extensions: { code: "undefinedField", typeName: "Product", fieldName: "fileName" },
      },
    ]);
  });

  test("given no read_customers, when an order's customer is read, then it is null and the error names the scope", async () => {
    const { order, query } = await worldWithOrders(1, { scopes: "read_orders,read_products" });

    const { body } = await query("query($id: ID!) { order(id: $id) { name customer { id } } }", { id: order.id });

    expect(body).toMatchObject({
      data: { order: { name: order.name, customer: null } },
      errors: [
        {
          path: ["order", "customer"],
          extensions: { code: "ACCESS_DENIED", requiredAccess: "`read_customers` access scope." },
        },
      ],
    });
  });

  test("given no read_products, when a variant is read by node, then the error names the scope", async () => {
    const { world, query } = await worldWithOrders(1, { scopes: "read_orders", topics: ["orders/cancelled"] });

    const { body } = await query("query($ids: [ID!]!) { nodes(ids: $ids) { id ... on ProductVariant { title } } }", {
      ids: [world.variantOf("SYNTH-PRO").id],
    });

    expect(body).toMatchObject({ data: { nodes: [null] }, errors: [{ extensions: { code: "ACCESS_DENIED" } }] });
  });

  test("given no good token, when the API is called, then it is refused with 401", async () => {
    const { post } = await startWorld();

    const answer = await post(
      "/admin/api/2026-07/graphql.json",
      { query: "{ shop { name } }" },
      { "x-shopify-access-token": "shpat_other" },
    );

    expect(answer).toMatchObject({
      status: 401,
      body: { errors: expect.stringContaining("Invalid API key or access token") as string },
    });
  });

  test("given five orders, when they are paged by two, then each comes once and an order changed meanwhile disturbs nothing", async () => {
    const { world, orders, query } = await worldWithOrders(5);
    const names: unknown[] = [];
    let after: unknown = null;

    for (let page = 0; page < 4 && after !== undefined; page++) {
      const { body } = await query(
        "query($after: String) { orders(first: 2, after: $after, sortKey: ID) { nodes { name } pageInfo { hasNextPage endCursor } } }",
        { after },
      );
      names.push(...(at(body, "data.orders.nodes") as { name: string }[]).map(({ name }) => name));
      after = at(body, "data.orders.pageInfo.hasNextPage") ? at(body, "data.orders.pageInfo.endCursor") : undefined;
      if (orders[0]) world.store.setRisk(orders[0].id, "low");
    }

    expect(names).toEqual(orders.map(({ name }) => name));
  });

  test("given five orders, when the last two before a cursor are asked for, then they come in the same order", async () => {
    const { orders, query } = await worldWithOrders(5);
    const all = await query("{ orders(first: 5, sortKey: ID) { edges { cursor } } }");

    const { body } = await query(
      "query($before: String) { orders(last: 2, before: $before, sortKey: ID) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }",
      {
        before: at(all.body, "data.orders.edges.3.cursor"),
      },
    );

    expect(at(body, "data.orders")).toEqual({
      nodes: [{ name: orders[1]?.name }, { name: orders[2]?.name }],
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
  });

  test.each([
    "{ orders { nodes { id } } }",
    "{ orders(first: 251) { nodes { id } } }",
    '{ orders(first: 1, after: "x") { nodes { id } } }',
  ])("given %s, when it runs, then it is a bad request", async (text) => {
    const { query } = await worldWithOrders();

    expect(at((await query(text)).body, "errors.0.extensions.code")).toBe("BAD_REQUEST");
  });

  test.each([
    ["updated_at:>=2020-01-01T00:00:00Z", 2],
    ["updated_at:>'2099-01-01T00:00:00Z'", 0],
    ["financial_status:pending", 1],
    ["-financial_status:pending", 1],
    ["email:ada@example.com OR name:#9999", 2],
    ["(financial_status:paid OR financial_status:pending) AND sku:SYNTH-PRO", 2],
    ["name:1001", 1],
    ["grace", 0],
  ])("given a paid and a pending order, when %s is searched, then %i are found", async (search, count) => {
    const { world, query } = await worldWithOrders();
    world.store.placeOrder({
      email: "ada@example.com",
      financialStatus: "pending",
      lines: [{ variantId: world.variantOf("SYNTH-PRO").id, quantity: 1 }],
    });

    const { body } = await query("query($search: String) { orders(first: 10, query: $search) { nodes { id } } }", {
      search,
    });

    expect(at(body, "data.orders.nodes")).toHaveLength(count);
  });

  test("given the demo catalog, when products are searched by the start of a word, then they are found in order of title", async () => {
    const { query } = await worldWithOrders();

    const { body } = await query(
      '{ products(first: 5, query: "title:s*", sortKey: TITLE, reverse: true) { nodes { title variants(first: 2) { nodes { title price } } } } }',
    );

    expect(at(body, "data.products.nodes")).toEqual([
      { title: "Synth Pro", variants: { nodes: [{ title: "Default Title", price: "89.00" }] } },
      {
        title: "Sound Library",
        variants: {
          nodes: [
            { title: "MP3", price: "24.00" },
            { title: "WAV", price: "39.00" },
          ],
        },
      },
    ]);
  });

  test("given a search field Shopify does not know, when it is used, then it counts for nothing and the answer warns", async () => {
    const { query } = await worldWithOrders();

    const { body } = await query('{ orders(first: 5, query: "colour:red") { nodes { id } } }');

    expect(at(body, "data.orders.nodes")).toHaveLength(1);
    expect(at(body, "extensions.search")).toMatchObject([{ warnings: [{ field: "colour" }] }]);
  });

  test("given the scope to fulfill, when a fulfillment is made for one line, then the order is partly fulfilled", async () => {
    const { world, order, query } = await worldWithOrders(1, {
      scopes:
        "read_orders,read_products,read_merchant_managed_fulfillment_orders,write_merchant_managed_fulfillment_orders",
    });
    const found = await query(
      "query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 1) { nodes { id lineItems(first: 5) { nodes { id remainingQuantity } } } } } }",
      { id: order.id },
    );
    const fulfillmentOrder = at(found.body, "data.order.fulfillmentOrders.nodes.0");

    const { body } = await query(
      "mutation($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status totalQuantity } userErrors { message } } }",
      {
        fulfillment: {
          lineItemsByFulfillmentOrder: [
            {
              fulfillmentOrderId: at(fulfillmentOrder, "id"),
              fulfillmentOrderLineItems: [{ id: at(fulfillmentOrder, "lineItems.nodes.0.id"), quantity: 1 }],
            },
          ],
        },
      },
    );

    expect(at(body, "data.fulfillmentCreate")).toMatchObject({
      fulfillment: { status: "SUCCESS", totalQuantity: 1 },
      userErrors: [],
    });
    expect(at(body, "extensions.cost.requestedQueryCost")).toBeGreaterThan(10);
    expect(world.store.findOrder(order.id)?.lines[0]?.fulfilledQuantity).toBe(1);
  });

  test("given the installed app, when it asks about itself, then it hears its scopes and its subscriptions", async () => {
    const { query } = await worldWithOrders();

    const { body } = await query(
      "{ currentAppInstallation { accessScopes { handle } app { apiKey } } webhookSubscriptions(first: 5) { nodes { topic uri } } }",
    );

    expect(at(body, "data.currentAppInstallation.accessScopes")).toEqual(
      ["read_customers", "read_orders", "read_products"].map((handle) => ({ handle })),
    );
    expect(at(body, "data.webhookSubscriptions.nodes.0.topic")).toBe("ORDERS_CANCELLED");
  });

  test("given data the store does not have, when it is read, then what may be null is null and what may not says so", async () => {
    const { query } = await worldWithOrders();

    const nullable = await query('{ shop { metafield(key: "a") { id } metafields(first: 1) { nodes { id } } } }');
    const needed = await query("{ shop { resourceLimits { maxProductVariants } } }");

    expect(at(nullable.body, "data.shop")).toEqual({ metafield: null, metafields: { nodes: [] } });
    expect(at(needed.body, "errors.0.message")).toBe("The sandbox has no data for Shop.resourceLimits.");
  });

  test("given a shop without protected customer data, when an order is read, then it names nobody", async () => {
    const { world, order, query } = await worldWithOrders();
    world.store.shop().protectedCustomerData = false;

    const { body } = await query("query($id: ID!) { order(id: $id) { email phone customer { id email firstName } } }", {
      id: order.id,
    });

    expect(at(body, "data.order")).toEqual({
      email: null,
      phone: null,
      customer: { id: order.customerId, email: null, firstName: null },
    });
  });

  test("given faults in the Admin API, when it is called, then it answers with that status", async () => {
    const { world, query } = await worldWithOrders();
    world.store.setFaults({ admin: { status: 503, rate: 1 } });

    expect((await query("{ shop { name } }")).status).toBe(503);
    world.store.clearFaults();
    expect((await query("{ shop { name } }")).status).toBe(200);
  });
});
