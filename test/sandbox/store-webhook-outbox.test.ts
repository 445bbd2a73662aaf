import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { apiSecret, eventually, startWorld, temporaryDir, type World } from "./store-world";

const buy = ({ store, variantOf }: World) =>
  store.placeOrder({
    email: "ada@example.com",
    financialStatus: "paid",
    lines: [{ variantId: variantOf("FIELD-GUIDE").id, quantity: 1 }],
  });

describe("the webhook outbox", () => {
  test("given a paid order, when its webhooks are sent, then each is signed over the bytes sent and named as Shopify names it", async () => {
    const world = await startWorld();

    const { order, webhooks } = buy(world);
    const reports = await webhooks;

    expect(world.topics().sort()).toEqual(["orders/create", "orders/paid", "orders/updated"]);
    expect(reports.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([[200], [200], [200]]);
    for (const { headers, body, url } of world.received) {
      expect(url).toBe("/webhooks/orders");
      expect(headers["x-shopify-hmac-sha256"]).toBe(createHmac("sha256", apiSecret).update(body).digest("base64"));
      expect(headers).toMatchObject({
        "x-shopify-shop-domain": world.store.demoShop,
        "x-shopify-api-version": "2026-07",
      });
      const payload = JSON.parse(body) as Record<string, unknown>;
      expect(payload).toMatchObject({
        admin_graphql_api_id: order.id,
        financial_status: "paid",
        checkout_token: order.checkoutToken,
      });
      expect(Date.parse(String(payload.updated_at))).toBe(Date.parse(order.updatedAt));
    }
    expect(new Set(world.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(3);
    expect(new Set(world.received.map(({ headers }) => headers["x-shopify-event-id"])).size).toBe(1);
  });

  test("given topics that nobody subscribed to, when an order is made, then they are not sent", async () => {
    const world = await startWorld({ topics: ["orders/cancelled"] });

    expect(await buy(world).webhooks).toEqual([]);
    expect(world.received).toEqual([]);
  });

  test("given an app that redirects and then answers, when a webhook fails, then it is sent again with the same bytes and id", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.app.answer = (_request, response) => {
      response.writeHead(world.received.length === 1 ? 302 : 200, { location: "/elsewhere" }).end();
    };

    const [report] = await buy(world).webhooks;
    await eventually(() => world.received.length === 2);

    expect(report?.attempts.map(({ status }) => status)).toEqual([302]);
    const [first, second] = world.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["x-shopify-webhook-id"]).toBe(first?.headers["x-shopify-webhook-id"]);
    await eventually(() => world.store.deliveries()[0]?.state === "delivered");
  });

  test("given an app that never answers, when 5 s are over, then the attempt failed", { timeout: 20_000 }, async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.app.answer = () => undefined;

    const [report] = await buy(world).webhooks;

    expect(report?.attempts[0]).toMatchObject({ status: null, error: "no answer within 5 s" });
    expect(report?.attempts[0]?.ms).toBeGreaterThanOrEqual(4_900);
    expect(report?.attempts[0]?.ms).toBeLessThan(6_000);
  });

  test(
    "given an app that is down for good, when all retries failed, then there were nine attempts",
    { timeout: 40_000 },
    async () => {
      const world = await startWorld({ topics: ["orders/paid"] });
      world.app.answer = (_request, response) => void response.writeHead(500).end();

      await buy(world).webhooks;
      await eventually(() => world.store.deliveries()[0]?.state === "failed", 30_000);

      expect(world.received).toHaveLength(9);
    },
  );

  test("given an address where nobody listens, when a webhook is sent, then it failed with the reason", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const world = await startWorld({ topics: ["orders/paid"], appUrl: `http://127.0.0.1:${port}`, install: false });
    world.store.shop().installedAt = "2026-01-05T09:00:00Z";

    const [report] = await buy(world).webhooks;

    expect(report?.attempts[0]).toMatchObject({
      status: null,
      error: expect.stringContaining("ECONNREFUSED") as string,
    });
  });

  test("given a failed webhook, when the store is stopped and opened again, then it is still sent", async () => {
    const dir = await temporaryDir();
    const before = await startWorld({ topics: ["orders/paid"], dir, fast: false });
    before.app.answer = (_request, response) => void response.writeHead(503).end();
    await buy(before).webhooks;
    const [sent] = before.received;
    await before.stop();

    const after = await startWorld({ topics: ["orders/paid"], dir, fast: true });
    const [kept] = after.store.deliveries();

    expect(kept).toMatchObject({ state: "pending", body: sent?.body, attempts: [{ status: 503 }] });
    expect(kept?.url.startsWith(after.appUrl)).toBe(true);
    expect(after.store.orders()).toHaveLength(1);
  });

  test("given drop 1, when an order is made, then nothing arrives and the state says so", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.store.setFaults({ webhooks: { drop: 1 } });

    expect(await buy(world).webhooks).toMatchObject([{ attempts: [] }]);
    expect(world.received).toEqual([]);
    expect(world.store.deliveries()[0]?.state).toBe("dropped");
  });

  test("given duplicate 1, when an order is made, then the same webhook arrives twice", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.store.setFaults({ webhooks: { duplicate: 1 } });

    await buy(world).webhooks;

    const ids = world.received.map(({ headers }) => headers["x-shopify-webhook-id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test("given shuffle 1, when several orders are made, then all arrive, and not in the order of their making", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.store.setFaults({ webhooks: { shuffle: 1 } });

    const made = Array.from({ length: 12 }, () => buy(world).order.name);
    await eventually(() => world.received.length === 12);

    const arrived = world.received.map(({ body }) => (JSON.parse(body) as { name: string }).name);
    expect([...arrived].sort()).toEqual([...made].sort());
    expect(arrived).not.toEqual(made);
  });

  test("given an uninstalled app, when an order is made, then it hears only of its end", async () => {
    const world = await startWorld();

    await world.store.uninstallApp().webhooks;
    await buy(world).webhooks;

    expect(world.topics()).toEqual(["app/uninstalled"]);
  });

  test("given a customer with an order, when their data is to be erased, then the compliance webhook names both", async () => {
    const world = await startWorld();
    const { order } = buy(world);
    const digits = (id: string | null) => Number(id?.split("/").at(-1));

    await world.store.sendCompliance("customers/redact", order.customerId ?? "");

    const redact = world.received.find(({ url }) => url === "/webhooks/compliance");
    expect(JSON.parse(redact?.body ?? "")).toMatchObject({
      shop_domain: world.store.demoShop,
      customer: { id: digits(order.customerId), email: "ada@example.com" },
      orders_to_redact: [digits(order.id)],
    });
  });

  test("given a shop without protected customer data, when it sells, then the webhook names nobody", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.store.shop().protectedCustomerData = false;

    await buy(world).webhooks;

    const payload = JSON.parse(world.received[0]?.body ?? "") as Record<string, unknown>;
    for (const field of ["email", "phone", "contact_email", "order_status_url"])
      expect(payload).not.toHaveProperty(field);
    expect(world.received[0]?.body).not.toContain("ada@example.com");
  });

  test("given a webhook that waits for its retry, when the store is stopped, then nothing is sent any more", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.app.answer = (_request, response) => void response.writeHead(500).end();
    await buy(world).webhooks;

    await world.store.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(world.received).toHaveLength(1);
  });

  test("given kept connections that the app closes, when the next webhook is sent, then it arrives at the first attempt", async () => {
    const world = await startWorld({ topics: ["orders/paid"] });
    world.app.answer = (_request, response) => {
      response.end();
      setImmediate(() => response.socket?.destroy());
    };

    for (let round = 0; round < 10; round++) {
      const [report] = await buy(world).webhooks;
      expect(report?.attempts.map(({ status }) => status)).toEqual([200]);
    }
  });
});
