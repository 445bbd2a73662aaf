import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { loader as deliveriesLoader } from "~/routes/customer.deliveries";
import { action as keysAction, loader as keysLoader } from "~/routes/customer.keys";
import { loader as revealLoader } from "~/routes/d.$token_.$grantId_.reveal";
import { createOrder, createShop } from "../factories";
import { boughtPage, giveKeys } from "../domain/page/page-setup";
import { sessionToken } from "../setup/signed-requests";
import { call, readPage } from "./page-calls";

async function hiddenKeys() {
  const { shop, order, token, grant: file } = await boughtPage({ shop: { revealToClaim: true } });
  const [first, second] = await giveKeys(order, [{ key: "HID-0001" }, { key: "HID-0002" }, { state: "waiting" }]);
  if (!first || !second) throw new Error("There are no keys");
  return { shop, order, token, file, first, second, session: sessionToken(shop.domain, { sub: order.customerId }) };
}

const shown = async (id: string) => (await db.grant.findUniqueOrThrow({ where: { id } })).shownAt;

describe("on the page", () => {
  test("given a shop that hides keys, when its page is shown, then buttons stand where the keys are, and no key is in it", async () => {
    const { token, first, second } = await hiddenKeys();

    const { document, body, text } = await readPage(token);

    expect(body).not.toMatch(/HID-000/);
    const forms = [...document.querySelectorAll(".key form")].map((form) => form.getAttribute("action"));
    expect(forms).toEqual([first, second].map(({ id }) => `/d/${token}/${id}/reveal`));
    expect(document.querySelectorAll(".key form[method=post] button[type=submit]")).toHaveLength(2);
    expect(text).toContain("2 keys and 1 to come");
    expect(text).toContain("Your key stays hidden until you reveal it.");
  });

  test("given it is looked at, used and downloaded from, when no key was revealed, then none counts as seen", async () => {
    const { token, first, second } = await hiddenKeys();

    await readPage(token);
    await call("seen", { token });
    expect(revealLoader({ request: new Request("https://a.example"), params: { token }, context: {} }).status).toBe(
      303,
    );

    expect([await shown(first.id), await shown(second.id)]).toEqual([null, null]);
  });

  test("given a hidden key, when Reveal is pressed, then the page shows that key alone", async () => {
    const { token, first, second } = await hiddenKeys();

    const answer = await call("reveal", { token, grantId: first.id });

    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe(`/d/${token}#key-${first.id}`);
    const { document, body } = await readPage(token);
    expect(document.getElementById(`key-${first.id}`)?.textContent).toContain("HID-0001");
    expect(body).not.toContain("HID-0002");
    expect(await shown(first.id)).not.toBeNull();
    expect(await shown(second.id)).toBeNull();
  });

  test("given another order's key, when Reveal is asked for it, then 404 and it stays hidden", async () => {
    const { token } = await hiddenKeys();
    const other = await hiddenKeys();

    const { status, body } = await call("reveal", { token, grantId: other.first.id });

    expect(status).toBe(404);
    expect(body).toContain("This key does not exist any more.");
    expect(await shown(other.first.id)).toBeNull();
  });

  test("given an expired link, when Reveal is asked for, then 410 and it stays hidden", async () => {
    const { token, first } = await hiddenKeys();
    await db.delivery.updateMany({ data: { expiresAt: new Date("2020-01-01T00:00:00Z") } });

    expect((await call("reveal", { token, grantId: first.id })).status).toBe(410);
    expect(await shown(first.id)).toBeNull();
  });
});

describe("in the extensions", () => {
  const read = async (session: string, order: string) => {
    const headers = { Authorization: `Bearer ${session}` };
    const url = `https://app.example.com/customer/deliveries?order=${encodeURIComponent(order)}`;
    const answer = await deliveriesLoader({ request: new Request(url, { headers }), params: {}, context: {} });
    return (await answer.json()) as { grants: { id: string; key: string | null; isHidden: boolean }[] };
  };
  const reveal = async (session: string, body: unknown) => {
    const headers = { Authorization: `Bearer ${session}` };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const request = new Request("https://app.example.com/customer/keys", init);
    const answer = await keysAction({ request, params: {}, context: {} });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
  };

  test("given hidden keys, when listed, then each says so and has no text, and none counts as seen", async () => {
    const { session, order, first, second, file } = await hiddenKeys();

    const { grants } = await read(session, order.shopifyId);

    expect(grants.map(({ key }) => key)).toEqual([null, null, null, null]);
    expect(grants.filter(({ isHidden }) => isHidden).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(grants.find(({ id }) => id === file.id)?.isHidden).toBe(false);
    expect(await shown(first.id)).toBeNull();
  });

  test("given a hidden key, when it is revealed, then its text is answered and listed from then on", async () => {
    const { session, order, first } = await hiddenKeys();

    const { status, body, headers } = await reveal(session, { grantId: first.id, order: order.shopifyId });

    expect([status, body]).toEqual([200, { key: "HID-0001" }]);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    const { grants } = await read(session, order.shopifyId);
    expect(grants.flatMap(({ key }) => key ?? [])).toEqual(["HID-0001"]);
  });

  test("given another customer, a guest or no id, when a key is asked for, then it is refused and stays hidden", async () => {
    const { shop, first } = await hiddenKeys();
    const stranger = sessionToken(shop.domain, { sub: "gid://shopify/Customer/999999" });
    const get = new Request("https://app.example.com/customer/keys");

    expect(await reveal(stranger, { grantId: first.id })).toMatchObject({ status: 404 });
    expect(await reveal(sessionToken(shop.domain), { grantId: first.id, checkout: "wrong" })).toMatchObject({
      status: 404,
    });
    expect(await reveal(stranger, { grantId: "x" })).toMatchObject({ status: 422 });
    expect((await keysLoader({ request: get, params: {}, context: {} })).status).toBe(405);
    expect(await shown(first.id)).toBeNull();
  });

  test("given a guest with the order's checkout token, when the key is asked for, then it is shown", async () => {
    const shop = await createShop({ revealToClaim: true });
    const order = await createOrder({ shopId: shop.id, checkoutToken: "guest-token" });
    const [grant] = await giveKeys(order, [{ key: "GUEST-0001" }]);

    const answer = await reveal(sessionToken(shop.domain), { grantId: grant?.id, checkout: "guest-token" });

    expect(answer.body).toEqual({ key: "GUEST-0001" });
  });
});
