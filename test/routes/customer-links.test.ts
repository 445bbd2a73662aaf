import { expect, test } from "vitest";
import { db } from "~/db.server";
import { action } from "~/routes/customer.links";
import { createOrder, createShop } from "../factories";
import { sessionToken } from "../setup/signed-requests";

async function askForLink(token: string | null, body: unknown) {
  const headers = new Headers({ "Content-Type": "application/json", Origin: "https://extensions.shopifycdn.com" });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const request = new Request("https://app.example.com/customer/links", {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const answer = await action({ request, params: {}, context: {} });
  return { status: answer.status, cors: answer.headers.get("Access-Control-Allow-Origin"), body: await answer.json() };
}

const linksOf = (orderId: string) => db.delivery.count({ where: { orderId, kind: "fresh_link" } });

test("given an order of theirs, when a customer asks twice, then both answers are the same and one link goes out", async () => {
  const shop = await createShop();
  const order = await createOrder({ shopId: shop.id });
  const token = sessionToken(shop.domain, { sub: order.customerId });

  const answers = [
    await askForLink(token, { order: order.shopifyId }),
    await askForLink(token, { order: order.shopifyId }),
  ];

  expect(answers[0]).toEqual({ status: 202, cors: "*", body: { accepted: true } });
  expect(answers[1]).toEqual(answers[0]);
  expect(await linksOf(order.id)).toBe(1);
});

test("given a guest with the checkout token, when asked, then a link goes out; without it, the order is not found", async () => {
  const shop = await createShop();
  const order = await createOrder({ shopId: shop.id, checkoutToken: "their-checkout" });
  const token = sessionToken(shop.domain);

  expect((await askForLink(token, { order: order.shopifyId })).status).toBe(404);
  expect((await askForLink(token, { order: order.shopifyId, checkout: "their-checkout" })).status).toBe(202);
  expect(await linksOf(order.id)).toBe(1);
});

test("given an order without an address, when asked, then the answer is that of any other", async () => {
  const shop = await createShop();
  const order = await createOrder({ shopId: shop.id, email: null });

  const answer = await askForLink(sessionToken(shop.domain, { sub: order.customerId }), { order: order.shopifyId });

  expect(answer).toMatchObject({ status: 202, body: { accepted: true } });
  expect(await linksOf(order.id)).toBe(0);
});

test.each([
  ["another customer's order", "gid://shopify/Customer/999999", (id: string) => ({ order: id }), 404],
  ["an order of nobody", null, () => ({ order: "gid://shopify/Order/999999" }), 404],
  ["no order", null, () => ({}), 422],
])("given %s, when asked, then nothing goes out", async (_name, sub, body, status) => {
  const shop = await createShop();
  const order = await createOrder({ shopId: shop.id });
  const token = sessionToken(shop.domain, { sub: sub ?? order.customerId });

  expect(await askForLink(token, body(order.shopifyId))).toMatchObject({ status, cors: "*" });
  expect(await db.delivery.count({ where: { shopId: shop.id } })).toBe(0);
});

test("given no token, when asked, then 401", async () => {
  expect((await askForLink(null, { order: "1" })).status).toBe(401);
});
