import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { apiSecret, at, demoShop, eventually, startWorld, type World } from "./store-world";

const order = (world: World, changes: Record<string, unknown> = {}) =>
  world.post("/control/orders", {
    email: "ada@example.com",
    financialStatus: "paid",
    lines: [{ variantId: world.variantOf("SYNTH-PRO").id, quantity: 3 }],
    ...changes,
  });

/** Makes an order and calls its verb. */
async function afterOrder(verb: string, body: unknown, changes: Record<string, unknown> = {}) {
  const world = await startWorld({
    topics: [
      "orders/paid",
      "orders/updated",
      "orders/cancelled",
      "orders/edited",
      "refunds/create",
      "orders/risk_assessment_changed",
    ],
  });
  const made = await order(world, changes);
  const id = encodeURIComponent(String(at(made.body, "order.id")));
  return { world, made, answer: await world.post(`/control/orders/${id}/${verb}`, body) };
}

const sentTopics = (body: unknown) => (at(body, "webhooks") as { topic: string }[]).map(({ topic }) => topic).sort();

describe("control: products and orders", () => {
  test("given a new product, when it is made, then its gids come back and it can be bought", async () => {
    const world = await startWorld();

    const { body } = await world.post("/control/products", {
      title: "Atlas",
      variants: [
        { title: "Small", sku: "ATLAS-S", price: "5.00" },
        { title: "Large", sku: "ATLAS-L", price: 9.5 },
      ],
    });

    expect(at(body, "product")).toMatchObject({
      id: expect.stringMatching(/^gid:\/\/shopify\/Product\/\d{13}$/) as string,
      title: "Atlas",
      variants: [
        { title: "Small", sku: "ATLAS-S", price: "5.00" },
        { title: "Large", sku: "ATLAS-L", price: "9.50" },
      ],
    });
    const bought = await order(world, { lines: [{ variantId: at(body, "product.variants.1.id"), quantity: 2 }] });
    expect(at(bought.body, "order.total")).toBe("19.00");
  });

  test("given a paid order, when it is made, then the answer names it and the first attempt of each webhook", async () => {
    const world = await startWorld();

    const { status, body } = await order(world);

    expect(status).toBe(200);
    expect(at(body, "order")).toMatchObject({
      name: "#1001",
      checkoutToken: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(at(body, "order.customerId")).toBe(world.store.findCustomer("ada@example.com")?.id);
    expect(sentTopics(body)).toEqual(["orders/create", "orders/paid", "orders/updated"]);
    expect(at(body, "webhooks.0.attempts.0")).toMatchObject({ status: 200 });
  });

  test.each([
    ["no customer", { customer: null }, null],
    ["a customer by digits", { customer: "77" }, "gid://shopify/Customer/77"],
    ["a customer by gid", { customer: "gid://shopify/Customer/78" }, "gid://shopify/Customer/78"],
    ["a person with an id", { customer: { id: 79, firstName: "Ada" } }, "gid://shopify/Customer/79"],
    ["no contact at all", { email: null }, null],
  ])("given %s, when an order is made, then it has that customer", async (_what, changes, customerId) => {
    expect(at((await order(await startWorld(), changes)).body, "order.customerId")).toBe(customerId);
  });

  test("given a selling plan, when an order is made with it, then the line has it", async () => {
    const world = await startWorld();

    await order(world, {
      lines: [{ variantId: world.variantOf("FIELD-GUIDE").id, quantity: 1, sellingPlan: "Monthly" }],
    });

    expect(world.store.orders()[0]?.lines[0]?.sellingPlan?.name).toBe("Monthly");
  });

  test("given a hundred orders at once, when all are made, then each has a name and an id of its own", async () => {
    const world = await startWorld();

    const made = await Promise.all(Array.from({ length: 100 }, () => order(world)));

    expect(new Set(made.map(({ body }) => at(body, "order.name"))).size).toBe(100);
    expect(new Set(made.map(({ body }) => at(body, "order.id"))).size).toBe(100);
  });

  test("given a pending order, when it is paid, then orders/paid is sent", async () => {
    const { answer } = await afterOrder("pay", {}, { financialStatus: "pending" });

    expect(at(answer.body, "order.financialStatus")).toBe("paid");
    expect(sentTopics(answer.body)).toEqual(["orders/paid", "orders/updated"]);
  });

  test("given a paid order, when it is cancelled, then orders/cancelled is sent", async () => {
    const { answer } = await afterOrder("cancel", undefined);

    expect(at(answer.body, "order.cancelledAt")).not.toBeNull();
    expect(sentTopics(answer.body)).toEqual(["orders/cancelled", "orders/updated", "refunds/create"]);
  });

  test("given three units, when one line unit is refunded by the variant's digits, then two are left", async () => {
    const world = await startWorld();
    const made = await order(world);
    const digits = world.variantOf("SYNTH-PRO").id.split("/").at(-1);

    const { body } = await world.post(`/control/orders/${String(at(made.body, "order.id")).split("/").at(-1)}/refund`, {
      lines: [{ variantId: digits, quantity: 1 }],
    });

    expect(at(body, "order")).toMatchObject({
      financialStatus: "partially_refunded",
      lines: [{ quantity: 3, currentQuantity: 2 }],
    });
    expect(sentTopics(body)).toEqual(["orders/updated", "refunds/create"]);
  });

  test("given an amount, when it is refunded, then no unit is taken away", async () => {
    const { answer } = await afterOrder("refund", { amount: "1.50" });

    expect(at(answer.body, "order")).toMatchObject({ refunded: "1.50", lines: [{ currentQuantity: 3 }] });
  });

  test("given an order, when it is edited, then orders/edited tells what was added and removed", async () => {
    const world = await startWorld({ topics: ["orders/edited"] });
    const made = await order(world);

    const { body } = await world.post(`/control/orders/${encodeURIComponent(String(at(made.body, "order.id")))}/edit`, {
      add: [{ variantId: world.variantOf("SOUNDS-MP3").id, quantity: 2 }],
      remove: [{ lineId: at(made.body, "order.lines.0.id"), quantity: 1 }],
    });

    expect(at(body, "order.lines")).toMatchObject([{ currentQuantity: 2 }, { currentQuantity: 2 }]);
    const sent = JSON.parse(world.received[0]?.body ?? "") as unknown;
    expect(at(sent, "order_edit.line_items")).toMatchObject({ additions: [{ delta: 2 }], removals: [{ delta: 1 }] });
  });

  test("given an order, when its risk is judged, then orders/risk_assessment_changed names order and level", async () => {
    const { world, made, answer } = await afterOrder("risk", { level: "high" });

    expect(sentTopics(answer.body)).toEqual(["orders/risk_assessment_changed", "orders/updated"]);
    const sent = world.received.find(({ headers }) => headers["x-shopify-topic"] === "orders/risk_assessment_changed");
    expect(JSON.parse(sent?.body ?? "")).toMatchObject({
      risk_level: "high",
      admin_graphql_api_order_id: at(made.body, "order.id"),
    });
  });
});

describe("control: webhooks", () => {
  test("given a payload with 64-bit ids, when it is sent, then its digits stay and its signature fits the bytes", async () => {
    const world = await startWorld();

    await world.post("/control/webhooks", '{"topic":"orders/paid","payload":{"id":820982911946154508,"total":1.10}}');

    const [sent] = world.received;
    expect(sent?.body).toBe('{"id":820982911946154508,"total":1.10}');
    expect(sent?.headers["x-shopify-hmac-sha256"]).toBe(
      createHmac("sha256", apiSecret)
        .update(sent?.body ?? "")
        .digest("base64"),
    );
  });

  test("given a text as payload, when it is sent, then those bytes go out, JSON or not", async () => {
    const world = await startWorld();

    await world.post("/control/webhooks", { topic: "orders/paid", payload: "{ not json ü" });

    expect(world.received[0]?.body).toBe("{ not json ü");
  });

  test.each(["wrong", "missing"] as const)(
    "given a %s signature, when a webhook is sent, then it is so",
    async (signature) => {
      const world = await startWorld();

      await world.post("/control/webhooks", { topic: "orders/paid", payload: {}, signature });

      const [sent] = world.received;
      const right = createHmac("sha256", apiSecret)
        .update(sent?.body ?? "")
        .digest("base64");
      expect(sent?.headers["x-shopify-hmac-sha256"]).not.toBe(right);
      expect(typeof sent?.headers["x-shopify-hmac-sha256"]).toBe(signature === "wrong" ? "string" : "undefined");
    },
  );

  test("given headers, when a webhook is sent, then they stand over the usual ones and null takes one away", async () => {
    const world = await startWorld();

    const { body } = await world.post("/control/webhooks", {
      topic: "orders/paid",
      payload: {},
      headers: { "x-shopify-webhook-id": "my-id", "X-Shopify-Topic": null, "X-Extra": "1" },
    });

    expect(at(body, "deliveries.0.webhookId")).toBe("my-id");
    expect(world.received[0]?.headers).toMatchObject({ "x-shopify-webhook-id": "my-id", "x-extra": "1" });
    expect(world.received[0]?.headers).not.toHaveProperty("x-shopify-topic");
  });

  test("given times 10, when a webhook is sent, then ten equal deliveries are open at once", async () => {
    const world = await startWorld();
    const waiting: (() => void)[] = [];
    world.app.answer = (_request, response) => {
      waiting.push(() => response.end());
      if (waiting.length === 10) for (const end of waiting) end();
    };

    const { body } = await world.post("/control/webhooks", { topic: "orders/paid", payload: { a: 1 }, times: 10 });

    expect(at(body, "deliveries")).toHaveLength(10);
    expect(new Set(world.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
  });

  test("given a failing app, when a raw webhook is sent, then it is not tried again", async () => {
    const world = await startWorld();
    world.app.answer = (_request, response) => void response.writeHead(500).end();

    const { body } = await world.post("/control/webhooks", { topic: "orders/paid", payload: {} });
    await new Promise((resolve) => setTimeout(resolve, 500));

    expect(at(body, "deliveries.0.attempts")).toMatchObject([{ status: 500 }]);
    expect(world.received).toHaveLength(1);
  });

  test("given a delivered webhook, when it is delivered again, then bytes, id and signature are the same", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    const made = await order(world);
    const webhookId = String(at(made.body, "webhooks.0.webhookId"));

    const { body } = await world.post(`/control/webhooks/${webhookId}/redeliver`);

    expect(at(body, "deliveries")).toMatchObject([{ webhookId, topic: "orders/paid", attempts: [{ status: 200 }] }]);
    const [first, again] = world.received;
    expect(again?.body).toBe(first?.body);
    expect(again?.headers["x-shopify-hmac-sha256"]).toBe(first?.headers["x-shopify-hmac-sha256"]);
  });

  test("given faults, when they are set and deleted, then the world misbehaves and behaves again", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });

    await world.post("/control/faults", { webhooks: { drop: 1 } });
    await order(world);
    expect(world.received).toHaveLength(0);

    await world.del("/control/faults");
    await order(world);
    expect(world.received).toHaveLength(1);
  });
});

describe("control: shops, tokens and what happened", () => {
  test("given a new shop, when it is installed, then the app was opened in it and orders there reach the app", async () => {
    const opened: string[] = [];
    const world = await startWorld({ topics: ["orders/paid"] });
    world.store.onChange(({ kind, shop }) => opened.push(`${kind} ${shop}`));

    const shop = "second-shop.myshopify.com";
    const made = await world.post("/control/shops", { domain: shop });
    const product = await world.post("/control/products", {
      shop,
      title: "Song",
      variants: [{ sku: "SONG", price: "1.00" }],
    });
    await world.post("/control/orders", {
      shop,
      email: "bo@example.com",
      financialStatus: "paid",
      lines: [{ variantId: at(product.body, "product.variants.0.id"), quantity: 1 }],
    });

    expect(made).toMatchObject({ status: 200, body: { shop: { domain: shop } } });
    expect(world.received[0]?.headers["x-shopify-shop-domain"]).toBe(shop);
    expect(opened).toContain(`order ${shop}`);
    expect(at((await world.get("/control/state")).body, "orders")).toEqual([]);
    expect(at((await world.get(`/control/state?shop=${shop}`)).body, "orders")).toHaveLength(1);
  });

  test("given an app that is down, when a shop is installed, then the answer says so", async () => {
    const world = await startWorld({ appUrl: "http://127.0.0.1:9", install: false });

    expect(await world.post("/control/shops", { domain: "x.myshopify.com" })).toMatchObject({
      status: 502,
      body: { error: { code: "app_did_not_open" } },
    });
  });

  test("given the demo shop, when its state is read, then the catalog stands there with the same gids in every run", async () => {
    const first = await (await startWorld()).get("/control/state");
    const second = await (await startWorld()).get("/control/state");

    expect(at(first.body, "products")).toEqual(at(second.body, "products"));
    expect(at(first.body, "products")).toMatchObject([
      { title: "Field Guide", variants: [{}] },
      { title: "Sound Library", variants: [{ title: "MP3" }, { title: "WAV" }] },
      { title: "Synth Pro", variants: [{}] },
      { title: "Poster", variants: [{}] },
    ]);
  });

  test("given an order, when the state is read, then orders, lines and webhooks are in it", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    await order(world);

    const { body } = await world.get("/control/state");

    expect(at(body, "orders.0")).toMatchObject({
      name: "#1001",
      financialStatus: "paid",
      lines: [{ quantity: 3, currentQuantity: 3 }],
    });
    expect(at(body, "webhooks")).toMatchObject([
      { topic: "orders/paid", state: "delivered", attempts: [{ status: 200 }] },
    ]);
  });

  test("given tokens, mail and admin requests, when they are asked for, then each is answered", async () => {
    const world = await startWorld();
    world.inbox.push({ to: "ada@example.com", subject: "Hi" }, { to: "bo@example.com", subject: "Ho" });
    const { body: token } = await world.post("/control/tokens", { kind: "customer", customerId: "5" });
    const { body: exchanged } = await world.post("/admin/oauth/access_token", {
      client_id: world.store.apiKey,
      client_secret: apiSecret,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: at((await world.post("/control/tokens", { kind: "admin", shop: demoShop })).body, "token"),
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      expiring: "1",
    });
    await world.post(
      "/admin/api/2026-07/graphql.json",
      { query: "query Catalog { products(first: 1) { nodes { id } } }" },
      { "x-shopify-access-token": String(at(exchanged, "access_token")) },
    );

    expect(String(at(token, "token")).split(".")).toHaveLength(3);
    expect(at((await world.get("/control/inbox?to=bo%40example.com")).body, "messages")).toMatchObject([
      { subject: "Ho" },
    ]);
    expect(at((await world.get("/control/admin-requests")).body, "requests")).toMatchObject([
      { operation: "Catalog", shop: demoShop, scopes: ["read_products"], errors: [], cost: { requested: 3 } },
    ]);
  });

  test.each([
    ["POST /control/orders", "{", 400, "bad_json"],
    ["POST /control/orders", { lines: [] }, 422, "bad_input"],
    ["POST /control/orders", { lines: [{ variantId: "1", quantity: 1 }] }, 422, "unknown_variant"],
    ["POST /control/orders", { lines: [{ variantId: "1", quantity: 1 }], colour: "red" }, 422, "bad_input"],
    ["POST /control/orders/123/pay", {}, 404, "unknown_order"],
    ["POST /control/orders/gid%3A%2F%2Fshopify%2FProduct%2F6101000000001/pay", {}, 404, "unknown_order"],
    ["POST /control/webhooks", { topic: "orders/eaten", payload: {} }, 422, "unknown_topic"],
    ["POST /control/webhooks", { topic: "themes/publish", payload: {} }, 422, "not_subscribed"],
    ["POST /control/webhooks", { topic: "orders/paid" }, 422, "bad_input"],
    ["POST /control/webhooks/none/redeliver", {}, 404, "unknown_webhook"],
    ["POST /control/shops", { domain: "https://x" }, 422, "bad_domain"],
    ["POST /control/tokens", { kind: "guest" }, 422, "bad_input"],
    ["POST /control/tokens", { kind: "admin", shop: "none.myshopify.com" }, 404, "unknown_shop"],
    ["POST /control/faults", { webhooks: { drop: 2 } }, 422, "bad_input"],
    ["POST /control/state", {}, 405, "wrong_method"],
    ["POST /control/nothing", {}, 404, "unknown_call"],
    ["POST /control/products", { title: "A", variants: [{ price: "cheap" }] }, 422, "bad_price"],
  ])(
    "given %s with %o, when it is called, then it is refused with %i %s and a sentence",
    async (call, body, status, code) => {
      const world = await startWorld();

      const answer = await world.post(call.replace("POST ", ""), body);

      expect(answer).toMatchObject({
        status,
        body: { error: { code, message: expect.stringMatching(/\w+/) as string } },
      });
    },
  );

  test("given an app that is slow, when many orders are made, then none of their webhooks is lost", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.app.answer = (_request, response) => void setTimeout(() => response.end(), 20);

    const made = await Promise.all(Array.from({ length: 150 }, () => order(world)));
    await eventually(() => world.received.length === 150);

    expect(made.every(({ body }) => at(body, "webhooks.0.attempts.0.status") === 200)).toBe(true);
  });
});
