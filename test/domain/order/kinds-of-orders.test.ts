import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { restoreGrant } from "~/domain/grant/restore-grant.server";
import { revokeGrant } from "~/domain/grant/revoke-grant.server";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { parseOrderPayload } from "~/gateways/shopify/order-payload";
import { runSendDelivery } from "~/jobs/send-delivery.server";
import { createAttachment, createPool, createShop } from "../../factories";
import { nextNumber } from "../../factories/next-number";

const at = "2026-01-15T12:00:00Z";

type Line = Record<string, unknown>;

/** A shop whose product of this number gives a file and, from a pool of 20, one key per unit. */
async function shopSelling() {
  const shop = await createShop();
  const product = nextNumber();
  const pool = await createPool({ shopId: shop.id, keys: 20 });
  await createAttachment({ shopId: shop.id, productId: `gid://shopify/Product/${product}` });
  await createAttachment({ poolId: pool.id, productId: `gid://shopify/Product/${product}` });
  return { shopId: shop.id, product };
}

/** The body of orders/paid, with nothing in it that Shopify may leave out. */
function payload(lines: Line[], over: Record<string, unknown> = {}) {
  const number = nextNumber();
  return {
    admin_graphql_api_id: `gid://shopify/Order/${number}`,
    name: `#${number}`,
    financial_status: "paid",
    total_price: "10.00",
    created_at: at,
    updated_at: at,
    line_items: lines,
    ...over,
  };
}

function line(product: number | null, over: Line = {}): Line {
  const number = nextNumber();
  return {
    admin_graphql_api_id: `gid://shopify/LineItem/${number}`,
    product_id: product,
    variant_id: product,
    title: "Synth",
    quantity: 1,
    ...over,
  };
}

async function deliver(shopId: string, body: object) {
  const parsed = parseOrderPayload(body);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { orderId } = await reconcileOrder(shopId, parsed.facts);
  return orderId;
}

async function live(orderId: string) {
  const grants = await db.grant.findMany({ where: { orderId, state: "active" } });
  return {
    files: grants.filter(({ assetId }) => assetId).length,
    keys: grants.filter(({ poolId }) => poolId).length,
  };
}

describe("an order as Shopify may send it", () => {
  const kinds: [string, Record<string, unknown>][] = [
    ["of the storefront", { source_name: "web" }],
    ["of a draft", { source_name: "shopify_draft_order" }],
    ["of the point of sale", { source_name: "pos", email: "", customer: null }],
    ["that renews a subscription", { source_name: "subscription_contract" }],
    ["of another app", { source_name: "580111" }],
    ["that is free", { total_price: "0.00", financial_status: "paid" }],
    ["that is free and never turns paid", { total_price: "0.00", financial_status: "pending" }],
    ["without an address", { email: null, contact_email: null }],
    ["without a customer", { customer: null }],
    ["without a locale or a checkout token", { customer_locale: null, checkout_token: null }],
    ["with fields nobody knows yet", { loyalty: { points: 3 }, note: "🎁" }],
  ];
  test.each(kinds)("given an order %s, when it is paid, then it is granted once", async (_, over) => {
    const { shopId, product } = await shopSelling();
    const body = payload([line(product, { quantity: 2 })], over);

    const orderId = await deliver(shopId, body);
    await deliver(shopId, body);

    expect(await live(orderId)).toEqual({ files: 1, keys: 2 });
  });

  test("given two lines of one variant, when they are paid, then each line has its own file and keys", async () => {
    const { shopId, product } = await shopSelling();

    const orderId = await deliver(shopId, payload([line(product), line(product, { quantity: 2 })]));

    expect(await live(orderId)).toEqual({ files: 2, keys: 3 });
  });

  test("given a custom item and a tip beside it, when they are paid, then only the product gives", async () => {
    const { shopId, product } = await shopSelling();

    const orderId = await deliver(shopId, payload([line(null, { title: "Tip" }), line(product), line(null)]));

    expect(await live(orderId)).toEqual({ files: 1, keys: 1 });
  });

  test("given lines with properties, when they are paid, then they give as any line does", async () => {
    const { shopId, product } = await shopSelling();
    const engraved = line(product, { properties: [{ name: "Engraving", value: "<b>Ann</b>" }] });

    expect(await live(await deliver(shopId, payload([engraved])))).toEqual({ files: 1, keys: 1 });
  });

  test("given a bundle, when it is paid, then its components give what they are", async () => {
    const { shopId, product } = await shopSelling();
    const component = { bundle: true, sales_line_item_group_id: 1 };

    const orderId = await deliver(shopId, payload([line(product, component), line(nextNumber(), component)]));

    expect(await live(orderId)).toEqual({ files: 1, keys: 1 });
  });

  test("given a paid order, when an edit removes a line, then what that line gave is revoked and nothing else", async () => {
    const { shopId, product } = await shopSelling();
    const [kept, removed] = [line(product), line(product)];
    const body = payload([kept, removed]);
    const orderId = await deliver(shopId, body);

    const edited = [kept, { ...removed, current_quantity: 0 }];
    await deliver(shopId, { ...body, line_items: edited, updated_at: "2026-01-15T12:01:00Z" });

    expect(await live(orderId)).toEqual({ files: 1, keys: 1 });
    expect(await db.grant.count({ where: { orderId, state: "revoked" } })).toBe(2);
  });

  test("given a paid order, when it comes back under another address, then the grants stay and the next mail goes there", async () => {
    const { shopId, product } = await shopSelling();
    const body = payload([line(product)], { email: "old@example.com" });
    const orderId = await deliver(shopId, body);

    await deliver(shopId, { ...body, email: "new@example.com", updated_at: "2026-01-15T12:01:00Z" });

    expect(await live(orderId)).toEqual({ files: 1, keys: 1 });
    expect(await db.order.findUnique({ where: { id: orderId } })).toMatchObject({ email: "new@example.com" });
  });

  test("given a redacted order, when Shopify tells of it again, then it stays redacted and its grants stand", async () => {
    const { shopId, product } = await shopSelling();
    const body = payload([line(product)], { email: "ann@example.com" });
    const orderId = await deliver(shopId, body);
    await db.order.update({ where: { id: orderId }, data: { email: null, redactedAt: new Date() } });

    await deliver(shopId, { ...body, updated_at: "2026-01-15T12:01:00Z" });

    expect(await db.order.findUnique({ where: { id: orderId } })).toMatchObject({ email: null });
    expect(await live(orderId)).toEqual({ files: 1, keys: 1 });
  });

  test("given an order refunded before its mail went out, when the mail's turn comes, then none is sent and no page stays", async () => {
    const { shopId, product } = await shopSelling();
    const body = payload([line(product)], { email: "ann@example.com" });
    const orderId = await deliver(shopId, body);
    const refunded = { ...body, financial_status: "refunded", updated_at: "2026-01-15T12:01:00Z" };
    await deliver(shopId, { ...refunded, line_items: [{ ...body.line_items[0], current_quantity: 0 }] });
    const [delivery] = await db.delivery.findMany({ where: { orderId } });

    await runSendDelivery({ deliveryId: delivery?.id ?? "" });

    expect(await db.delivery.count({ where: { orderId } })).toBe(0);
    expect(await live(orderId)).toEqual({ files: 0, keys: 0 });
  });

  test("given a free order, when a person revokes a grant and gives it back, then it is covered", async () => {
    const { shopId, product } = await shopSelling();
    const orderId = await deliver(
      shopId,
      payload([line(product)], { total_price: "0.00", financial_status: "pending" }),
    );
    const [grant] = await db.grant.findMany({ where: { orderId, assetId: { not: null } } });
    const input = { shopId, grantId: grant?.id ?? "", actor: "person:1" as const };
    await revokeGrant({ ...input, now: new Date() });

    expect(await restoreGrant(input)).toEqual({ kind: "restored", state: "active" });
  });
});

describe("an order's body that is not what its topic promises", () => {
  const faults: [string, object, RegExp][] = [
    ["no id", { admin_graphql_api_id: undefined }, /admin_graphql_api_id/],
    ["another thing's id", { admin_graphql_api_id: "gid://shopify/Product/1" }, /Order gid/],
    ["no lines", { line_items: undefined }, /line_items/],
    ["a moment that is none", { updated_at: "yesterday" }, /date and time/],
    ["a quantity below 0", { line_items: [line(1, { quantity: -1 })] }, /quantity/],
    ["a broken quantity", { line_items: [line(1, { quantity: 1.5 })] }, /quantity/],
    ["a line without an id", { line_items: [line(1, { admin_graphql_api_id: null })] }, /admin_graphql_api_id/],
    ["a customer without an id", { customer: { id: 1 } }, /customer/],
  ];
  test.each(faults)("given %s, when it is read, then it is refused and says where", (_, fault, words) => {
    const parsed = parseOrderPayload({ ...payload([line(1)]), ...fault });

    expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(words) as string });
  });
});
