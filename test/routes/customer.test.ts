import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { action as downloadAction, loader as downloadLoader } from "~/routes/customer.downloads";
import { loader as deliveriesLoader } from "~/routes/customer.deliveries";
import { createAsset, createGrant, createOrder, createPool, createShop, openConnections } from "../factories";
import { sessionToken } from "../setup/signed-requests";
import { startTestStorage } from "../setup/storage";

let storageIsDown = false;
beforeAll(async () => {
  await startTestStorage(() => (storageIsDown ? { status: 503 } : {}));
});

type Call = { token?: string | null; query?: Record<string, string>; body?: unknown; method?: string };

function request(path: string, { token, query = {}, body, method = body === undefined ? "GET" : "POST" }: Call) {
  const headers = new Headers({ Origin: "https://extensions.shopifycdn.com", "X-Forwarded-For": "6.6.6.6, 192.0.2.7" });
  headers.set("User-Agent", "Test Browser");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const url = `https://app.example.com${path}?${new URLSearchParams(query).toString()}`;
  const bytes = typeof body === "string" ? body : JSON.stringify(body);
  return new Request(url, { method, headers, body: body === undefined ? undefined : bytes });
}

async function listDeliveries(call: Call) {
  const answer = await deliveriesLoader({ request: request("/customer/deliveries", call), params: {}, context: {} });
  return { status: answer.status, headers: answer.headers, body: await bodyOf(answer) };
}

async function startDownload(call: Call) {
  const args = { request: request("/customer/downloads", { body: {}, ...call }), params: {}, context: {} };
  const answer = await downloadAction(args);
  return { status: answer.status, headers: answer.headers, body: await bodyOf(answer) };
}

async function bodyOf(answer: Response) {
  const text = await answer.text();
  return text === "" ? null : JSON.parse(text);
}

/** An order with a file, and a signed-in token of its customer. */
async function boughtFile(grantColumns: Parameters<typeof createGrant>[0] = {}) {
  const shop = await createShop();
  const order = await createOrder({ shopId: shop.id, checkoutToken: "the-checkout-token" });
  const grant = await createGrant({ orderId: order.id, shopId: shop.id, ...grantColumns });
  return { shop, order, grant, token: sessionToken(shop.domain, { sub: order.customerId }) };
}

describe("who may see an order", () => {
  test("given its signed-in customer, when asked, then it is listed as documented", async () => {
    const { order, grant, token } = await boughtFile();

    const { status, headers, body } = await listDeliveries({ token, query: { order: order.shopifyId } });

    expect(status).toBe(200);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(body).toEqual({
      order: { id: order.shopifyId, name: order.name },
      grants: [
        {
          id: grant.id,
          kind: "file",
          title: grant.asset?.title,
          fileName: grant.asset?.title,
          sizeBytes: 1000,
          sha256: "0".repeat(64),
          version: 1,
          downloadsLeft: 5,
          expiresAt: null,
          state: "active",
          key: null,
          isHidden: false,
          activationLimit: null,
          activations: null,
          freesLeft: null,
          nextFreeAt: null,
        },
      ],
    });
  });

  test("given a guest with its checkout token, when asked from the thank-you page, then it is listed", async () => {
    const { shop, order } = await boughtFile();
    const identity = order.shopifyId.replace("Order", "OrderIdentity");

    const { status, body } = await listDeliveries({
      token: sessionToken(shop.domain),
      query: { order: identity, checkout: "the-checkout-token" },
    });

    expect(status).toBe(200);
    expect(body.grants).toHaveLength(1);
  });

  test.each([
    ["a guest without a checkout token", {}, {}],
    ["a guest with another checkout token", {}, { checkout: "another" }],
    ["another customer", { sub: "gid://shopify/Customer/999999" }, {}],
    ["a subject that is no customer", { sub: "7" }, {}],
  ])("given %s, when asked for an order by its id, then it is not found", async (_name, claims, proof) => {
    const { shop, order } = await boughtFile();

    const answer = await listDeliveries({
      token: sessionToken(shop.domain, claims),
      query: { order: order.shopifyId, ...proof },
    });

    expect(answer).toMatchObject({ status: 404, body: { error: { code: "order_not_found" } } });
  });

  test("given an order of another shop under the same ids, when asked, then it is not found", async () => {
    const { order } = await boughtFile();
    const other = await createShop();

    const token = sessionToken(other.domain, { sub: order.customerId });
    expect((await listDeliveries({ token, query: { order: order.shopifyId } })).status).toBe(404);
  });

  test("given a redacted order, when a guest comes with no token at all, then nothing proves it", async () => {
    const { shop, order } = await boughtFile();
    await db.order.update({ where: { id: order.id }, data: { customerId: null, checkoutTokenHash: null } });

    const query = { order: order.shopifyId, checkout: "" };
    expect((await listDeliveries({ token: sessionToken(shop.domain), query })).status).toBe(404);
  });

  test.each(["", "abc", "gid://shopify/Product/1", "gid://shopify/Order/1; DROP TABLE", "9".repeat(40)])(
    "given the order id '%s', when asked, then it is not found",
    async (order) => {
      const { token } = await boughtFile();

      expect((await listDeliveries({ token, query: { order } })).status).toBe(404);
    },
  );
});

describe("session tokens", () => {
  const bad = {
    "no token": () => null,
    garbage: () => "garbage",
    "an expired token": (shop: string) => sessionToken(shop, { exp: Math.floor(Date.now() / 1000) - 60 }),
    "a token that never ends": (shop: string) => sessionToken(shop, { exp: undefined }),
    "a token signed by another": (shop: string) => sessionToken(shop, {}, "another-secret"),
    "a token for another app": (shop: string) => sessionToken(shop, { aud: "another-app" }),
    "a token without a shop": (shop: string) => sessionToken(shop, { dest: undefined }),
  };

  test.each(Object.entries(bad))(
    "given %s, when anything is asked, then 401 in JSON that the extension can read",
    async (_name, make) => {
      const { shop, grant } = await boughtFile();
      const token = make(shop.domain);

      for (const answer of [
        await listDeliveries({ token }),
        await startDownload({ token, body: { grantId: grant.id } }),
      ]) {
        expect(answer.status).toBe(401);
        expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
        expect(answer.body.error.message).toMatch(/\w/);
      }
    },
  );

  test("given a shop that does not use the app, when asked, then 403", async () => {
    expect(await listDeliveries({ token: sessionToken("nobody.myshopify.com") })).toMatchObject({
      status: 403,
      body: { error: { code: "unknown_shop" } },
    });
  });

  test("given a shop with https:// before it, when asked, then it is the same shop", async () => {
    const { shop, order } = await boughtFile();

    const token = sessionToken(shop.domain, { dest: `https://${shop.domain}`, sub: order.customerId });
    expect((await listDeliveries({ token, query: { order: order.shopifyId } })).status).toBe(200);
  });

  test("given a preflight, when a browser asks, then any origin may send its token", async () => {
    const answer = await downloadLoader({
      request: request("/customer/downloads", { method: "OPTIONS" }),
      params: {},
      context: {},
    });

    expect(answer.status).toBe(204);
    expect(answer.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
  });
});

describe("all downloads of a customer", () => {
  test("given 23 orders, when paged, then each comes once, newest first", async () => {
    const shop = await createShop();
    const customerId = "gid://shopify/Customer/23";
    const asset = await createAsset({ shopId: shop.id });
    for (let day = 1; day <= 23; day++) {
      const processedAt = new Date(Date.UTC(2026, 0, Math.ceil(day / 2)));
      const order = await createOrder({ shopId: shop.id, customerId, processedAt, name: `#${day}` });
      await createGrant({ orderId: order.id, assetId: asset.id });
    }
    const token = sessionToken(shop.domain, { sub: customerId });

    const names: string[] = [];
    let after: string | null = null;
    do {
      const { body } = await listDeliveries({ token, query: after ? { after } : {} });
      names.push(...body.orders.map((order: { name: string }) => order.name));
      after = body.next;
    } while (after);

    expect(new Set(names).size).toBe(23);
    expect(names[0]).toBe("#23");
  });

  test("given a guest, when asked for all, then sign-in is required", async () => {
    const { shop } = await boughtFile();

    expect(await listDeliveries({ token: sessionToken(shop.domain) })).toMatchObject({
      status: 403,
      body: { error: { code: "sign_in_required" } },
    });
  });

  test.each(["nonsense", `1 ${"-".repeat(36)}`, "999999999999999 0199aa00-0000-7000-8000-000000000000"])(
    "given the cursor of %j, which is not ours, when asked, then the first page comes",
    async (place) => {
      const { token } = await boughtFile();
      const after = Buffer.from(place).toString("base64url");

      expect((await listDeliveries({ token, query: { after } })).body.orders).toHaveLength(1);
    },
  );
});

describe("keys", () => {
  test("given an active key, when its customer looks, then the text is shown and the moment kept", async () => {
    const shop = await createShop();
    const pool = await createPool({ shopId: shop.id });
    const order = await createOrder({ shopId: shop.id });
    const grant = await createGrant({ orderId: order.id, poolId: pool.id, key: "SYNTH-0001-ABCD" });
    const token = sessionToken(shop.domain, { sub: order.customerId });

    const { body } = await listDeliveries({ token, query: { order: order.shopifyId } });

    expect(body.grants).toMatchObject([{ kind: "key", key: "SYNTH-0001-ABCD", downloadsLeft: null, fileName: null }]);
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).shownAt).not.toBeNull();
  });

  test.each([
    ["revoked", { state: "revoked", revokedBy: "order" }],
    ["held", { state: "held" }],
    ["expired", { expiresAt: new Date("2026-01-16T00:00:00Z") }],
  ] as const)("given a %s key, when its customer looks, then its text is not shown", async (_name, columns) => {
    const shop = await createShop();
    const pool = await createPool({ shopId: shop.id });
    const order = await createOrder({ shopId: shop.id });
    await createGrant({ orderId: order.id, poolId: pool.id, key: "SYNTH-0002-ABCD", ...columns });
    const token = sessionToken(shop.domain, { sub: order.customerId });

    expect((await listDeliveries({ token, query: { order: order.shopifyId } })).body.grants).toMatchObject([
      { key: null },
    ]);
  });
});

describe("POST /customer/downloads", () => {
  test("given an active grant, when started, then a URL of 60 seconds, one count, and who fetched what from where", async () => {
    const { grant, token } = await boughtFile();

    const { status, body } = await startDownload({ token, body: { grantId: grant.id } });

    expect(status).toBe(200);
    expect(body.expiresInSeconds).toBe(60);
    expect(body.downloadsLeft).toBe(4);
    expect(new URL(body.url).searchParams.get("X-Amz-Expires")).toBe("60");
    expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({ used: 1 });
    expect(await db.download.findFirstOrThrow({ where: { grantId: grant.id } })).toMatchObject({
      versionId: grant.asset?.currentVersionId,
      ip: "192.0.2.7",
      userAgent: "Test Browser",
      outcome: "started",
    });
  });

  test("given a link, when started, then its own address is answered and counted", async () => {
    const shop = await createShop();
    const asset = await createAsset({ shopId: shop.id, url: "https://example.com/course" });
    const order = await createOrder({ shopId: shop.id });
    const grant = await createGrant({ orderId: order.id, assetId: asset.id });
    const token = sessionToken(shop.domain, { sub: order.customerId });

    expect((await startDownload({ token, body: { grantId: grant.id } })).body.url).toBe("https://example.com/course");
    expect(await db.download.count({ where: { grantId: grant.id } })).toBe(1);
  });

  test("given a limit of 5, when 50 start at once, then exactly five succeed and 45 hear why not", async () => {
    const { grant, token } = await boughtFile();
    await openConnections(30);

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => startDownload({ token, body: { grantId: grant.id } })),
    );

    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(5);
    const refused = answers.filter((answer) => answer.status === 409);
    expect(refused.map((answer) => answer.body.error.code)).toEqual(Array(45).fill("limit_reached"));
    expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({ used: 5 });
    expect(await db.download.count({ where: { grantId: grant.id, outcome: "started" } })).toBe(5);
  });

  test.each([
    ["waiting", 409, { state: "waiting" }],
    ["held", 409, { state: "held" }],
    ["revoked", 409, { state: "revoked", revokedBy: "person" }],
    ["expired", 409, { expiresAt: new Date("2026-01-16T00:00:00Z") }],
    ["limit_reached", 409, { downloadLimit: 3, used: 3 }],
  ] as const)(
    "given a grant that is %s, when started, then it is refused so and nothing is counted",
    async (code, status, columns) => {
      const { grant, token } = await boughtFile(columns);

      expect(await startDownload({ token, body: { grantId: grant.id } })).toMatchObject({
        status,
        body: { error: { code } },
      });

      expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({ used: grant.used });
      expect(await db.download.findFirstOrThrow({ where: { grantId: grant.id } })).toMatchObject({ outcome: code });
    },
  );

  test("given an extension that names its browser, when it starts twice, then one is counted; another browser counts", async () => {
    const { grant, token } = await boughtFile();

    for (const browser of ["one", "one", "two"]) {
      const { status, body } = await startDownload({ token, body: { grantId: grant.id, browser } });
      expect([status, typeof body.downloadsLeft]).toEqual([200, "number"]);
    }

    expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({ used: 2 });
  });

  test("given an attachment that only plays, when started, then it is refused so", async () => {
    const { grant, token } = await boughtFile();
    await db.attachment.update({ where: { id: grant.attachmentId }, data: { streamOnly: true } });

    expect(await startDownload({ token, body: { grantId: grant.id } })).toMatchObject({
      status: 409,
      body: { error: { code: "stream_only" } },
    });
  });

  test("given storage that is down, when started, then the customer hears so and loses no download", async () => {
    const { grant, token } = await boughtFile();
    storageIsDown = true;
    const answer = await startDownload({ token, body: { grantId: grant.id } });
    storageIsDown = false;

    expect(answer).toMatchObject({ status: 503, body: { error: { code: "storage_unavailable" } } });
    expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({ used: 0 });
    expect((await startDownload({ token, body: { grantId: grant.id } })).status).toBe(200);
  });

  test("given a file still uploading, when started, then it is not ready", async () => {
    const shop = await createShop();
    const asset = await createAsset({ shopId: shop.id, state: "uploading" });
    const order = await createOrder({ shopId: shop.id });
    const grant = await createGrant({ orderId: order.id, assetId: asset.id });
    const token = sessionToken(shop.domain, { sub: order.customerId });

    expect((await startDownload({ token, body: { grantId: grant.id } })).body.error.code).toBe("file_not_ready");
  });

  test("given a grant of another customer, shop or nobody, when started, then it is not found", async () => {
    const { shop, order, grant } = await boughtFile();
    const other = await createShop();
    const tokens = [
      sessionToken(shop.domain, { sub: "gid://shopify/Customer/1234567" }),
      sessionToken(shop.domain),
      sessionToken(other.domain, { sub: order.customerId }),
    ];

    for (const token of tokens) {
      expect((await startDownload({ token, body: { grantId: grant.id } })).status).toBe(404);
    }
    expect(await db.download.count({ where: { grantId: grant.id } })).toBe(0);
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", {}],
    ["an id that is none", { grantId: "1 OR 1=1" }],
  ])("given %s for a body, when started, then 422 and a sentence", async (_name, body) => {
    const { token } = await boughtFile();

    expect(await startDownload({ token, body })).toMatchObject({
      status: 422,
      body: { error: { code: "bad_request" } },
    });
  });
});
