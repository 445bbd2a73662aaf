import { RequestedTokenType } from "@shopify/shopify-api";
import { jwtVerify } from "jose";
import { afterEach, describe, expect, test, vi } from "vitest";
import { adminClient, apiKey, apiSecret, at, demoShop, exchange, startWorld } from "./store-world";

const key = new TextEncoder().encode(apiSecret);

afterEach(() => {
  vi.useRealTimers();
});

describe("session tokens", () => {
  test("given the admin, when it signs an id token, then it says whom, for which app and for how long", async () => {
    const { store } = await startWorld();

    const { payload, protectedHeader } = await jwtVerify(store.mintToken({ kind: "admin" }), key);

    expect(protectedHeader.alg).toBe("HS256");
    expect(payload).toMatchObject({ iss: `https://${demoShop}/admin`, dest: `https://${demoShop}`, aud: apiKey });
    for (const claim of ["sub", "exp", "nbf", "iat", "jti", "sid"]) expect(payload).toHaveProperty(claim);
  });

  test("given a customer by digits, when checkout signs a token, then sub is their gid and it lives five minutes", async () => {
    const { store } = await startWorld();

    const { payload } = await jwtVerify(store.mintToken({ kind: "customer", customerId: 42 }), key);

    expect(payload).toMatchObject({ dest: demoShop, aud: apiKey, sub: "gid://shopify/Customer/42" });
    expect(Number(payload.exp) - Date.now() / 1000).toBeGreaterThan(290);
    expect(Number(payload.exp) - Date.now() / 1000).toBeLessThanOrEqual(300);
  });

  test("given nobody signed in, when checkout signs a token, then it has no sub", async () => {
    const { store } = await startWorld();

    const { payload } = await jwtVerify(store.mintToken({ kind: "customer" }), key);

    expect(payload).not.toHaveProperty("sub");
  });

  test("given claims, when a token is made, then they stand over the usual ones and null takes one out", async () => {
    const { store } = await startWorld();

    const token = store.mintToken({ kind: "customer", customerId: "1", claims: { aud: "another-app", jti: null } });
    const { payload } = await jwtVerify(token, key);

    expect(payload.aud).toBe("another-app");
    expect(payload).not.toHaveProperty("jti");
  });
});

describe("token exchange", () => {
  test("given a good id token, when an expiring offline token is asked for, then it comes with its refresh token", async () => {
    const world = await startWorld();

    const { status, body } = await exchange(world);

    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^shpat_/) as string,
      scope: "read_customers,read_orders,read_products",
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^shprt_/) as string,
      refresh_token_expires_in: 7_776_000,
    });
  });

  test("given a good id token, when an online token is asked for, then it says who is signed in", async () => {
    const world = await startWorld();

    const { body } = await exchange(world, { requested_token_type: RequestedTokenType.OnlineAccessToken });

    expect(body).toMatchObject({ expires_in: 86_399, associated_user: { account_owner: true, locale: "en" } });
  });

  test.each([
    ["signed with another secret", { dest: `https://${demoShop}` }, "other"],
    ["for another app", { aud: "another-app" }, null],
    ["for another shop", { dest: "https://other.myshopify.com" }, null],
    ["expired", { exp: 1 }, null],
    ["not valid yet", { nbf: 9_999_999_999 }, null],
  ])("given an id token %s, when it is exchanged, then it is refused", async (_what, claims, tampered) => {
    const world = await startWorld();
    const token = world.store.mintToken({ kind: "admin", claims });

    const answer = await exchange(world, { subject_token: tampered ? `${token.slice(0, -6)}AAAAAA` : token });

    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_subject_token" } });
  });

  test.each([
    [{ client_id: "other" }, 400, "application_cannot_be_found"],
    [{ client_secret: "other" }, 401, "invalid_client"],
    [{ grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("given %o, when a token is asked for, then it is refused with %i %s", async (changes, status, error) => {
    const world = await startWorld();

    expect(await exchange(world, changes)).toMatchObject({ status, body: { error } });
  });

  test("given a shop without the app, when a token is asked for, then it is refused", async () => {
    const world = await startWorld({ install: false });

    expect(await exchange(world)).toMatchObject({ status: 400, body: { error: "app_not_installed" } });
  });

  test("given a refresh token, when it is used twice, then the second time is refused", async () => {
    const world = await startWorld();
    const first = await exchange(world);
    const refresh = () =>
      exchange(world, { grant_type: "refresh_token", refresh_token: String(at(first.body, "refresh_token")) });

    const second = await refresh();
    const third = await refresh();

    expect(second).toMatchObject({ status: 200, body: { expires_in: 3600 } });
    expect(at(second.body, "access_token")).not.toBe(at(first.body, "access_token"));
    expect(third).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("given an offline token, when an hour has passed, then the Admin API refuses it", async () => {
    const world = await startWorld();
    const query = await adminClient(world);
    expect(await query("{ shop { name } }")).toMatchObject({
      status: 200,
      body: { data: { shop: { name: "Featherpost Demo" } } },
    });

    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_601_000 });

    expect((await query("{ shop { name } }")).status).toBe(401);
  });

  test("given tokens of a shop, when it uninstalls the app, then they are worth nothing", async () => {
    const world = await startWorld();
    const query = await adminClient(world);

    await world.store.uninstallApp().webhooks;
    await world.store.openApp();

    expect((await query("{ shop { name } }")).status).toBe(401);
  });
});
