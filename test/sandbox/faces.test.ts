import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Order } from "../../sandbox/store/store";
import { openFaces, variantOf } from "./faces-world";

const mail = {
  id: "mail-1",
  from: '"Featherpost Demo" <shop@example.com>',
  to: ["ada@example.com"],
  subject: "Your <b>downloads</b>",
  html: '<script>alert(1)</script><a href="http://127.0.0.1/d/abc">Downloads</a>',
  text: "See http://127.0.0.1/d/abc",
  headers: { "message-id": "<1@example.com>" },
  receivedAt: "2026-01-15T12:00:00.000Z",
};

let world: Awaited<ReturnType<typeof openFaces>>;
let order: Order;
let pending: Order;
const digits = (one: { id: string }) => one.id.split("/").at(-1) ?? "";

beforeAll(async () => {
  world = await openFaces({ mails: [mail] });
  const { store } = world;
  const lines = [
    { variantId: variantOf(store, "Field Guide"), quantity: 2 },
    { variantId: variantOf(store, "Poster"), quantity: 1 },
  ];
  const placed = store.placeOrder({ email: "ada@example.com", locale: "de", financialStatus: "paid", lines });
  const waiting = store.placeOrder({ email: "jan@example.com", locale: "pl", financialStatus: "pending", lines });
  order = placed.order;
  pending = waiting.order;
  await Promise.all([placed.webhooks, waiting.webhooks]);
});
afterAll(() => world.close());

describe("every page", () => {
  test.each([
    ["the home", () => "/", "Featherpost sandbox", "A whole store, on this machine."],
    ["the app's frame", () => "/admin/apps/featherpost/app/assets", "Featherpost · Featherpost Demo", "Featherpost"],
    ["the orders", () => "/admin/orders", "Orders · Featherpost Demo", "ada@example.com"],
    ["an order", () => `/admin/orders/${digits(order)}`, "#1001 · Featherpost Demo", "orders/paid"],
    ["the products", () => "/admin/products", "Products · Featherpost Demo", "Synth Pro"],
    ["the storefront", () => "/storefront", "Featherpost Demo", "Sound Library"],
    ["a product", () => "/storefront/products/sound-library", "Sound Library – Featherpost Demo", "WAV"],
    ["the cart", () => "/storefront/cart", "Cart – Featherpost Demo", "Your cart is empty"],
    ["the sign-in", () => "/account/sign-in", "Sign in – Featherpost Demo", "ada@example.com"],
    ["an order's status", () => statusPath(order), "Bestellung #1001 – Featherpost Demo", "Bestellübersicht"],
    ["a thank-you page", () => thanksPath(pending), "Dziękujemy! – Featherpost Demo", "Płatność jest w toku"],
    ["the inbox", () => "/inbox?message=mail-1", "Your <b>downloads</b> – Inbox", "to ada@example.com"],
  ])("given a store with an order, when a person opens %s, then it is a whole page", async (_, path, title, words) => {
    const { status, page } = await visit(path());

    expect(status).toBe(200);
    expect(page).toContain(`<title>${escaped(title)}</title>`);
    expect(page).toContain(escaped(words));
    expect(page.match(/<main /g)).toHaveLength(1);
    expect(page).toContain('id="content"');
    expect(page).toMatch(/<html lang="(en|de|pl)">/);
  });

  test("given an address that no face has, when somebody asks for it, then the home server may answer itself", async () => {
    expect(await visit("/elsewhere")).toMatchObject({ status: 404, page: "nobody" });
  });

  test("given a page that a face does not have, when somebody asks for it, then it says so", async () => {
    const { status, page } = await visit("/admin/orders/999");

    expect(status).toBe(404);
    expect(page).toContain("There is no such order.");
  });

  test("given a form on another site, when it is sent here, then it is refused", async () => {
    const { status } = await send("/faults", { fault: "mail" }, { origin: "http://evil.example" });

    expect(status).toBe(403);
    expect(world.store.faults()).toEqual({});
  });
});

describe("the merchant's side", () => {
  test("given a pending order, when it is marked as paid, then it is", async () => {
    const { order: unpaid } = placeOrder({ financialStatus: "pending" });

    const { location } = await send(`/admin/orders/${digits(unpaid)}/pay`);

    expect(location).toBe(`/admin/orders/${digits(unpaid)}`);
    expect(world.store.findOrder(unpaid.id)?.financialStatus).toBe("paid");
  });

  test("given a paid order of two, when one unit is refunded, then one is left", async () => {
    const { order: paid } = placeOrder({ financialStatus: "paid", quantity: 2 });
    const line = paid.lines[0]?.id ?? "";

    await send(`/admin/orders/${digits(paid)}/refund`, { [`line:${line}`]: "1" });

    expect(world.store.findOrder(paid.id)?.lines[0]?.currentQuantity).toBe(1);
  });

  test("given an order, when its quantity is edited upwards, then it has as many units", async () => {
    const { order: paid } = placeOrder({ financialStatus: "paid", quantity: 1 });

    await send(`/admin/orders/${digits(paid)}/edit`, { [`line:${paid.lines[0]?.id}`]: "3" });

    const lines = world.store.findOrder(paid.id)?.lines ?? [];
    expect(lines.reduce((sum, line) => sum + line.currentQuantity, 0)).toBe(3);
  });

  test("given a canceled order, when it is canceled again, then the store's refusal is said and nothing breaks", async () => {
    const { order: paid } = placeOrder({ financialStatus: "paid" });
    await send(`/admin/orders/${digits(paid)}/cancel`);

    const again = await send(`/admin/orders/${digits(paid)}/cancel`);

    expect(again.status).toBe(303);
    expect(again.notice).not.toContain("is canceled.");
  });

  test("given a delivered webhook, when it is sent again, then it has one attempt more", async () => {
    const { order: paid, webhooks } = placeOrder({ financialStatus: "paid" });
    const [first] = await webhooks;
    const before = world.store.deliveries().find((one) => one.webhookId === first?.webhookId)?.attempts.length ?? 0;

    await send(`/admin/orders/${digits(paid)}/resend`, { webhookId: first?.webhookId ?? "" });

    const after = world.store.deliveries().find((one) => one.webhookId === first?.webhookId)?.attempts.length;
    expect(after).toBe(before + 1);
  });

  test("given a new product, when the merchant adds it, then the storefront sells it", async () => {
    const { location } = await send("/admin/products", {
      title: "Songbook",
      variantTitle: "",
      variantPrice: "7.50",
      variantSku: "",
    });

    expect((await visit(location ?? "")).page).toContain("Songbook");
    expect((await visit("/storefront/products/songbook")).page).toContain("$7.50");
  });

  test("given a price that is none, when the merchant adds the product, then it says so", async () => {
    const { status, page } = await send("/admin/products", { title: "Songbook", variantPrice: "seven" });

    expect(status).toBe(422);
    expect(page).toContain("is not a price");
  });

  test("given the app's frame, when it asks for an id token, then it gets a fresh one of a minute", async () => {
    const { token } = JSON.parse((await send("/admin/id-token")).page) as { token: string };
    const { exp = 0, dest } = claimsOf(token);

    expect(Math.abs(exp - Date.now() / 1000 - 60)).toBeLessThan(5);
    expect(dest).toBe("https://featherpost-demo.myshopify.com");
  });

  test("given a fault switch, when it is pressed twice, then it is on and off again", async () => {
    await send("/faults", { fault: "storage" });
    const on = world.store.faults();
    await send("/faults", { fault: "storage" });

    expect(on).toEqual({ storage: { status: 503, rate: 1 } });
    expect(world.store.faults()).toEqual({});
  });
});

describe("the customer's side", () => {
  test("given a cart, when a guest checks out, then they see the thank-you page and nobody is signed in", async () => {
    const { location, cookies } = await buy({ who: "guest", email: "guest@example.com" });

    expect(location).toMatch(/^\/account\/orders\/\d+\/thank-you\?token=\w+$/);
    expect(cookies).not.toContain("customer=");
    expect(await subOf("")).toBeUndefined();
  });

  test("given a cart, when a customer checks out signed in, then their token names them", async () => {
    const { cookies } = await buy({ who: "account", email: "eva@example.com" });
    const customer = /customer=\d+/.exec(cookies)?.[0] ?? "";

    expect(await subOf(customer)).toBe(world.store.findCustomer("eva@example.com")?.id);
    expect((await visit("/account", customer)).page).toContain("Field Guide");
  });

  test("given a checkout without an address, when it is sent, then it asks for one and keeps the rest", async () => {
    const { status, page } = await buy({ email: "nobody", name: "Eva Braun-Meyer" });

    expect(status).toBe(422);
    expect(page).toContain("Enter an email address");
    expect(page).toContain("Eva Braun-Meyer");
  });

  test("given an order, when a stranger asks for it without its token, then they are sent to sign in", async () => {
    const { status, location } = await visit(`/account/orders/${digits(order)}`);

    expect(status).toBe(303);
    expect(location).toContain("/account/sign-in");
  });

  test("given another customer, when they ask for an order that is not theirs, then there is none", async () => {
    const jan = world.store.findCustomer("jan@example.com");

    expect((await visit(`/account/orders/${digits(order)}`, `customer=${digits(jan ?? order)}`)).status).toBe(404);
  });

  test("given an address nobody bought with, when it signs in, then it hears so", async () => {
    const { status, page } = await send("/account/sign-in", { email: "new@example.com" });

    expect(status).toBe(422);
    expect(page).toContain("Nobody has bought with new@example.com yet.");
  });

  test("given a page to come back to on another site, when somebody signs in, then they stay here", async () => {
    const { location } = await send("/account/sign-in", { email: "ada@example.com", then: "//evil.example/x" });

    expect(location).toBe("/account");
  });

  test("given a chosen language, when a page is shown, then it speaks that one", async () => {
    const { page } = await visit(statusPath(order), "language=fr");

    expect(page).toContain('<html lang="fr">');
    expect(page).toContain("Récapitulatif");
  });
});

describe("the inbox", () => {
  test("given a mail with a script, when it is shown, then it may run nothing", async () => {
    const { page, policy } = await visit("/inbox/messages/mail-1.html");

    expect(page).toContain("http://127.0.0.1/d/abc");
    expect(policy).toContain("default-src 'none'");
    expect((await visit("/inbox")).page).toMatch(/<iframe[^>]+sandbox="allow-popups/);
  });

  test("given mails, when somebody searches an address that got none, then it says so", async () => {
    expect((await visit("/inbox?to=nobody@example.com")).page).toContain("No mail to an address with");
  });
});

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
    exp?: number;
    dest?: string;
    sub?: string;
  };
}

function placeOrder({
  financialStatus,
  quantity = 1,
}: {
  financialStatus: Order["financialStatus"];
  quantity?: number;
}) {
  const variantId = variantOf(world.store, "Field Guide");
  return world.store.placeOrder({ email: "kim@example.com", financialStatus, lines: [{ variantId, quantity }] });
}

async function buy(fields: Record<string, string>) {
  const cart = `cart=${digits({ id: variantOf(world.store, "Field Guide") })}x1`;
  return send("/storefront/checkout", { payment: "now", language: "en", ...fields }, { cookie: cart });
}

async function subOf(cookie: string) {
  const { page } = await send("/account/session-token", {}, { cookie });
  return claimsOf((JSON.parse(page) as { token: string }).token).sub;
}

function statusPath(one: Order) {
  return `/account/orders/${digits(one)}?token=${one.checkoutToken}`;
}

function thanksPath(one: Order) {
  return `/account/orders/${digits(one)}/thank-you?token=${one.checkoutToken}`;
}

function visit(path: string, cookie = "") {
  return ask(path, { headers: { cookie } });
}

function send(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  return ask(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

async function ask(path: string, init: RequestInit) {
  const response = await fetch(world.homeUrl + path, { redirect: "manual", ...init });
  const cookies = response.headers.getSetCookie().join("; ");
  return {
    status: response.status,
    page: await response.text(),
    location: response.headers.get("location"),
    policy: response.headers.get("content-security-policy"),
    cookies,
    notice: decodeURIComponent(/notice=([^;]*)/.exec(cookies)?.[1] ?? ""),
  };
}

function escaped(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
