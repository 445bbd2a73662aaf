import { createHmac } from "node:crypto";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { loader as pageLoader } from "~/routes/proxy.downloads";
import { action as revealAction } from "~/routes/proxy.downloads_.$grantId_.reveal";
import { action as machineAction } from "~/routes/proxy.downloads_.machines.$activationId";
import { action as downloadAction } from "~/routes/proxy.downloads_.$grantId";
import { loader as streamLoader } from "~/routes/proxy.downloads_.$grantId_.stream";
import { createAsset, createGrant, createOrder, createPool, createShop } from "../factories";
import { answerOf } from "../setup/signed-requests";
import { startTestStorage } from "../setup/storage";

beforeAll(async () => {
  await startTestStorage();
});

type Visit = {
  activationId?: string;
  form?: Record<string, string>;
  shop: string;
  customerId?: string | null;
  grantId?: string;
  query?: Record<string, string>;
  ageSeconds?: number;
  secret?: string;
  /** Changes the query after it was signed. */
  tamper?: (query: URLSearchParams) => void;
};

/** A request as Shopify passes it on from the shop's own site. */
async function visit(name: "page" | "download" | "stream" | "reveal" | "machine", visit: Visit) {
  const { activationId, form } = visit;
  const { shop, customerId, grantId, query = {}, ageSeconds = 0, secret = "test-api-secret", tamper } = visit;
  const signed = new URLSearchParams({
    ...query,
    shop,
    logged_in_customer_id: customerId?.split("/").at(-1) ?? "",
    path_prefix: "/apps/downloads",
    timestamp: String(Math.floor(Date.now() / 1000) - ageSeconds),
  });
  const text = [...signed]
    .sort()
    .map(([key, value]) => `${key}=${value}`)
    .join("");
  signed.set("signature", createHmac("sha256", secret).update(text).digest("hex"));
  tamper?.(signed);

  const routes = { page: pageLoader, download: downloadAction, stream: streamLoader };
  const route = { ...routes, reveal: revealAction, machine: machineAction }[name];
  const url = `https://app.example.com/proxy/downloads${grantId ? `/${grantId}` : ""}?${signed.toString()}`;
  const headers = { "User-Agent": "Test Browser", "X-Forwarded-For": "192.0.2.7" };
  const method = name === "page" || name === "stream" ? "GET" : "POST";
  const request = new Request(url, { method, headers, body: form && new URLSearchParams(form) });
  const answer = await answerOf(async () => route({ request, params: { grantId, activationId }, context: {} }));
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

async function customerWithOrders(count = 1) {
  const shop = await createShop({ name: "Paper & Sound" });
  const customerId = `gid://shopify/Customer/${shop.domain.replaceAll(/\D/g, "")}77`;
  const grants = [];
  for (let n = 1; n <= count; n++) {
    const processedAt = new Date(Date.UTC(2026, 0, n));
    const order = await createOrder({ shopId: shop.id, customerId, name: `#N${n}`, processedAt });
    grants.push(await createGrant({ orderId: order.id }));
  }
  const [grant] = grants;
  if (!grant) throw new Error("The customer has no order");
  return { shop: shop.domain, shopId: shop.id, customerId, grant };
}

describe("the signature", () => {
  test.each([
    ["made with another secret", { secret: "another" }],
    ["older than 90 s", { ageSeconds: 95 }],
    ["from more than 90 s ahead", { ageSeconds: -95 }],
    ["over another customer", { tamper: (query: URLSearchParams) => query.set("logged_in_customer_id", "1") }],
    ["with a second customer", { tamper: (query: URLSearchParams) => query.append("logged_in_customer_id", "1") }],
    ["with something added", { tamper: (query: URLSearchParams) => query.set("after", "x") }],
    ["cut short", { tamper: (query: URLSearchParams) => query.set("signature", "ab") }],
    ["that is none", { tamper: (query: URLSearchParams) => query.delete("signature") }],
  ])(
    "given one %s, when the page, a download or a stream is asked for, then 401 and nothing is shown or counted",
    async (_name, how) => {
      const { shop, customerId, grant } = await customerWithOrders();

      for (const name of ["page", "download", "stream"] as const) {
        const { status, body } = await visit(name, { shop, customerId, grantId: grant.id, ...how });
        expect(status).toBe(401);
        expect(body).not.toContain(grant.id);
      }
      expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(0);
    },
  );

  test("given one 80 s old, when the page is asked for, then it is shown", async () => {
    const { shop, customerId } = await customerWithOrders();

    expect((await visit("page", { shop, customerId, ageSeconds: 80 })).status).toBe(200);
  });

  test("given a shop that never installed the app, or left, when asked, then 404", async () => {
    const gone = await createShop({ uninstalledAt: new Date() });

    expect((await visit("page", { shop: "nobody.myshopify.com" })).status).toBe(404);
    expect((await visit("page", { shop: gone.domain })).status).toBe(404);
  });
});

describe("the page", () => {
  test("given a signed-in customer, when shown, then their orders, with forms that lead back through the shop", async () => {
    const { shop, shopId, customerId, grant } = await customerWithOrders();
    const stranger = await createGrant({ orderId: (await createOrder({ shopId })).id });

    const { status, headers, body } = await visit("page", { shop, customerId });

    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("no-store");
    const { document } = new JSDOM(body).window;
    expect(document.querySelector("h2")?.textContent).toBe("Order #N1");
    expect([...document.querySelectorAll("form")].map((form) => form.getAttribute("action"))).toEqual([
      `/apps/downloads/${grant.id}`,
    ]);
    expect(body).not.toContain(stranger.id);
  });

  test("given 12 orders, when paged, then ten and two, newest first", async () => {
    const { shop, customerId } = await customerWithOrders(12);

    const first = new JSDOM((await visit("page", { shop, customerId })).body).window.document;
    const next = first.querySelector(".pages a")?.getAttribute("href") ?? "";
    const after = new URL(next, "https://shop.example.com").searchParams.get("after") ?? "";
    const second = new JSDOM((await visit("page", { shop, customerId, query: { after } })).body).window.document;

    expect(next).toMatch(/^\/apps\/downloads\?after=/);
    expect([...first.querySelectorAll("h2")].map((heading) => heading.textContent)).toHaveLength(10);
    expect([...second.querySelectorAll("h2")].map((heading) => heading.textContent)).toEqual([
      "Order #N2",
      "Order #N1",
    ]);
  });

  test("given nobody signed in, when shown or used, then a way to sign in and nothing else", async () => {
    const { shop, grant } = await customerWithOrders();

    const { body } = await visit("page", { shop });
    await visit("download", { shop, grantId: grant.id });

    expect(new JSDOM(body).window.document.querySelector("a.button")?.getAttribute("href")).toBe(
      "/account/login?return_url=%2Fapps%2Fdownloads",
    );
    expect(body).not.toContain(grant.id);
    expect((await visit("stream", { shop, grantId: grant.id })).status).toBe(404);
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(0);
  });

  test("given a customer who bought nothing, when shown, then it says so", async () => {
    const { shop } = await customerWithOrders();

    expect((await visit("page", { shop, customerId: "gid://shopify/Customer/1" })).body).toContain(
      "You have no downloads yet",
    );
  });

  test("given a key, when its signed-in customer looks, then it counts as seen", async () => {
    const { shop, shopId, customerId, grant } = await customerWithOrders();
    const pool = await createPool({ shopId });
    const key = await createGrant({ shopId, poolId: pool.id, key: "PROXY-1" });
    await db.grant.update({ where: { id: key.id }, data: { orderId: grant.orderId } });

    expect((await visit("page", { shop, customerId })).body).toContain("PROXY-1");

    expect((await db.grant.findUniqueOrThrow({ where: { id: key.id } })).shownAt).not.toBeNull();
  });

  test("given a song, when shown, then its player has a signed source and knows where the next comes from", async () => {
    const { shop, shopId, customerId, grant } = await customerWithOrders();
    const asset = await createAsset({ shopId, fileName: "song.ogg" });
    const song = await createGrant({ orderId: grant.orderId, assetId: asset.id });

    const { body } = await visit("page", { shop, customerId });
    const audio = new JSDOM(body).window.document.querySelector("audio");

    expect(audio?.getAttribute("src")).toContain("X-Amz-Signature");
    expect(audio?.dataset.source).toBe(`/apps/downloads/${song.id}/stream`);
    const next = await visit("stream", { shop, customerId, grantId: song.id });
    expect(JSON.parse(next.body)).toMatchObject({ expiresInSeconds: 900 });
  });
});

describe("a download", () => {
  test("given a file, when its form is sent twice, then a page goes on to it each time and one is counted", async () => {
    const { shop, customerId, grant } = await customerWithOrders();

    const first = await visit("download", { shop, customerId, grantId: grant.id });
    await visit("download", { shop, customerId, grantId: grant.id });

    const { document } = new JSDOM(first.body).window;
    const url = document.querySelector("a.button")?.getAttribute("href") ?? "";
    expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("60");
    expect(document.querySelector("meta[http-equiv=refresh]")?.getAttribute("content")).toBe(`0;url=${url}`);
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(1);
  });

  test("given a grant that is revoked, when its form is sent, then its sentence and the way back", async () => {
    const { shop, customerId, grant } = await customerWithOrders();
    await db.grant.update({ where: { id: grant.id }, data: { state: "revoked", revokedBy: "person" } });

    const { status, body } = await visit("download", { shop, customerId, grantId: grant.id });

    expect(status).toBe(409);
    expect(body).toContain("no longer belongs to your order");
    expect(body).toContain('href="/apps/downloads"');
  });

  test("given another customer's grant, when its form is sent, then it is not there", async () => {
    const { shop, shopId, customerId } = await customerWithOrders();
    const stranger = await createGrant({ orderId: (await createOrder({ shopId })).id });

    expect((await visit("download", { shop, customerId, grantId: stranger.id })).status).toBe(404);
  });
});

describe("keys and machines", () => {
  async function customerWithKey() {
    const { domain: shop, id: shopId } = await createShop({ revealToClaim: true });
    const customerId = "gid://shopify/Customer/4711";
    const order = await createOrder({ shopId, customerId });
    const pool = await createPool({ shopId, activationLimit: 2 });
    const { id: grantId } = await createGrant({ orderId: order.id, poolId: pool.id, key: "PROXY-0001" });
    const { id: keyId } = await db.poolKey.findFirstOrThrow({ where: { grantId } });
    const { id: activationId } = await db.activation.create({ data: { shopId, keyId, fingerprint: "the-laptop" } });
    return { shop, customerId, grantId, activationId };
  }
  const shownAt = async (id: string) => (await db.grant.findUniqueOrThrow({ where: { id } })).shownAt;

  test("given a hidden key, when the signed-in customer looks, then it stays hidden until Reveal is pressed", async () => {
    const { shop, customerId, grantId } = await customerWithKey();

    const before = await visit("page", { shop, customerId });
    expect(before.body).not.toContain("PROXY-0001");
    expect(before.body).toContain(`action="/apps/downloads/${grantId}/reveal"`);
    expect(await shownAt(grantId)).toBeNull();
    const { status, body } = await visit("reveal", { shop, customerId, grantId });

    expect(status).toBe(200);
    expect(body).toContain("Your key is revealed");
    expect((await visit("page", { shop, customerId })).body).toContain("PROXY-0001");
  });

  test("given a machine, when it is named and freed, then the page follows", async () => {
    const { shop, customerId, activationId } = await customerWithKey();
    const ask = { shop, customerId, activationId };

    expect((await visit("machine", { ...ask, form: { intent: "name", name: "Laptop" } })).body).toContain(
      "The name is saved",
    );
    const { body } = await visit("page", { shop, customerId });
    expect(body).toContain("Laptop");
    expect(body).toContain(`action="/apps/downloads/machines/${activationId}"`);
    expect((await visit("machine", { ...ask, form: { intent: "free" } })).body).toContain("The place is free");

    expect(await db.activation.findUnique({ where: { id: activationId } })).toBeNull();
    expect((await visit("machine", { ...ask, form: { intent: "free" } })).status).toBe(404);
  });

  test.each([
    ["another customer", { customerId: "gid://shopify/Customer/1" }, 404],
    ["nobody signed in", { customerId: null }, 200],
    ["a forged signature", { secret: "another" }, 401],
  ])("given %s, when a key is to be revealed or a place freed, then neither happens", async (_name, how, status) => {
    const { shop, customerId, grantId, activationId } = await customerWithKey();

    expect((await visit("reveal", { shop, customerId, grantId, ...how })).status).toBe(status);
    const form = { intent: "free" };
    expect((await visit("machine", { shop, customerId, activationId, form, ...how })).status).toBe(status);

    expect(await shownAt(grantId)).toBeNull();
    expect(await db.activation.count({ where: { id: activationId } })).toBe(1);
  });
});
