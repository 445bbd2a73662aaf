import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { addActivation } from "~/domain/activation/add-activation.server";
import { action as nameAction, loader as nameLoader } from "~/routes/customer.activations";
import { action as freeAction, loader as freeLoader } from "~/routes/customer.activations_.free";
import { loader as deliveriesLoader } from "~/routes/customer.deliveries";
import { loader as machineLoader } from "~/routes/d.$token_.machines.$activationId";
import { pageLanguages } from "~/ui/page/language";
import { speakerOf } from "~/ui/page/texts";
import { boughtPage, giveKeys } from "../domain/page/page-setup";
import { sessionToken } from "../setup/signed-requests";
import { call, readPage } from "./page-calls";

/** A page with one key, used on two of three machines. */
async function pageWithMachines(
  shopColumns: NonNullable<Parameters<typeof boughtPage>[0]>["shop"] = {},
  locale = "en",
) {
  const { shop, order, token } = await boughtPage({ shop: shopColumns, order: { locale } });
  const [grant] = await giveKeys(order, [{ key: "MACH-0001" }]);
  if (!grant?.poolId) throw new Error("There is no key");
  await db.pool.update({ where: { id: grant.poolId }, data: { activationLimit: 3 } });
  const { id: keyId } = await db.poolKey.findFirstOrThrow({ where: { grantId: grant.id } });
  const add = { shopId: shop.id, keyId, actor: "person:1", now: new Date("2026-01-20T10:00:00Z") } as const;
  await addActivation({ ...add, fingerprint: "fingerprint-of-laptop", name: "Ann’s laptop" });
  await addActivation({ ...add, fingerprint: "fingerprint-of-studio", name: null });
  const [laptop, studio] = await db.activation.findMany({ where: { keyId }, orderBy: { id: "asc" } });
  if (!laptop || !studio) throw new Error("There are no machines");
  return {
    shop,
    order,
    token,
    grant,
    keyId,
    laptop,
    studio,
    session: sessionToken(shop.domain, { sub: order.customerId }),
  };
}

describe("on the page", () => {
  test("given machines, when the page is shown, then how many of how many, each with its name or end, and forms without a script", async () => {
    const { token, laptop, studio } = await pageWithMachines();

    const { document, text, body } = await readPage(token);

    expect(document.querySelector(".machines > summary")?.textContent).toBe("2 of 3 machines in use");
    expect([...document.querySelectorAll(".machine h4")].map((name) => name.textContent)).toEqual([
      "Ann’s laptop",
      "Machine …studio",
    ]);
    expect(text).toContain("Since January 20, 2026");
    expect(body).not.toContain("fingerprint-of");
    const forms = [...document.querySelectorAll(".machine form[method=post]")].map((form) =>
      form.getAttribute("action"),
    );
    expect(new Set(forms)).toEqual(new Set([laptop, studio].map(({ id }) => `/d/${token}/machines/${id}`)));
    expect(document.querySelectorAll(".machine form button[type=submit]")).toHaveLength(4);
  });

  test.each(pageLanguages)("given %s, when the page is shown, then its machines are told in it", async (language) => {
    const { token } = await pageWithMachines({}, language);
    const speak = speakerOf(language);

    const { text } = await readPage(token);

    for (const words of [speak("machinesOf", { used: 2, count: 3 }), speak("free"), speak("freesLeft", { count: 3 })]) {
      expect(text).toContain(words);
    }
  });

  test("given a machine, when its place is freed, then the page says so and the place is free", async () => {
    const { token, keyId, laptop } = await pageWithMachines();

    const answer = await call("machine", { token, activationId: laptop.id, form: { intent: "free" } });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, `/d/${token}?done=freed`]);
    expect(await db.activation.count({ where: { keyId } })).toBe(1);
    const { document, text } = await readPage(token, { query: "?done=freed" });
    expect(document.querySelector(".alert[role=status]")?.textContent.trim()).toBe("The place is free");
    expect(text).toContain("1 of 3 machines in use");
    expect(text).toContain("2 more times within 30 days");
  });

  test("given a machine, when it is named, then the page calls it so, and a hostile name is text", async () => {
    const { token, studio } = await pageWithMachines();
    const name = "<b>Studio</b>\u202E \n Mac";

    const answer = await call("machine", { token, activationId: studio.id, form: { intent: "name", name } });

    expect(answer.headers.get("Location")).toBe(`/d/${token}?done=named`);
    const { document } = await readPage(token);
    expect(document.querySelectorAll(".machine h4")[1]?.textContent).toBe("<b>Studio</b> Mac");
    expect(document.querySelector(".machine b")).toBeNull();
  });

  test("given no frees left, when one more is asked for, then 409 says when, and the page offers no button", async () => {
    const { token, laptop, studio } = await pageWithMachines({ freesPerMonth: 1 });
    await call("machine", { token, activationId: laptop.id, form: { intent: "free" } });

    const { status, body } = await call("machine", { token, activationId: studio.id, form: { intent: "free" } });

    expect(status).toBe(409);
    expect(body).toMatch(/The next is possible on [A-Z][a-z]+ \d+, \d{4}\./);
    expect((await readPage(token)).document.querySelectorAll(".machine form")).toHaveLength(1); // only the name's
  });

  test.each([
    ["an empty name", { intent: "name", name: "  " }, 422],
    ["no intent", {}, 422],
  ])("given %s, when sent, then it is refused and nothing changes", async (_name, form, status) => {
    const { token, studio } = await pageWithMachines();

    expect((await call("machine", { token, activationId: studio.id, form })).status).toBe(status);

    expect((await db.activation.findUniqueOrThrow({ where: { id: studio.id } })).name).toBeNull();
  });

  test("given another order's page, an expired link or a GET, when a place is to be freed, then it stays", async () => {
    const mine = await pageWithMachines();
    const other = await pageWithMachines();
    const form = { intent: "free" };

    expect((await call("machine", { token: other.token, activationId: mine.laptop.id, form })).status).toBe(404);
    const request = new Request("https://app.example.com");
    expect(machineLoader({ request, params: { token: mine.token }, context: {} }).status).toBe(303);
    await db.delivery.updateMany({ data: { expiresAt: new Date("2020-01-01T00:00:00Z") } });
    expect((await call("machine", { token: mine.token, activationId: mine.laptop.id, form })).status).toBe(410);

    expect(await db.activation.count({ where: { keyId: mine.keyId } })).toBe(2);
  });

  test("given a body that is no form, when a machine is to be tended, then 422 and it stays", async () => {
    const { token, laptop, keyId } = await pageWithMachines();

    expect((await call("machine", { token, activationId: laptop.id })).status).toBe(422);
    expect(await db.activation.count({ where: { keyId } })).toBe(2);
  });
});

describe("in the extensions", () => {
  const post = async (route: typeof nameAction, session: string, body: unknown) => {
    const headers = { Authorization: `Bearer ${session}` };
    const request = new Request("https://app.example.com/customer/x", {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const answer = await route({ request, params: {}, context: {} });
    return {
      status: answer.status,
      cors: answer.headers.get("Access-Control-Allow-Origin"),
      body: await answer.json(),
    };
  };

  test("given machines, when the order is listed, then each as documented and no fingerprint", async () => {
    const { session, order, laptop, studio, grant } = await pageWithMachines();
    const url = `https://app.example.com/customer/deliveries?order=${encodeURIComponent(order.shopifyId)}`;
    const request = new Request(url, { headers: { Authorization: `Bearer ${session}` } });

    const text = await (await deliveriesLoader({ request, params: {}, context: {} })).text();

    const { grants } = JSON.parse(text) as { grants: { id: string }[] };
    const shown = { createdAt: "2026-01-20T10:00:00.000Z", seenAt: "2026-01-20T10:00:00.000Z", isPaused: false };
    expect(grants.find(({ id }) => id === grant.id)).toMatchObject({
      key: "MACH-0001",
      isHidden: false,
      activationLimit: 3,
      freesLeft: 3,
      nextFreeAt: null,
      activations: [
        { id: laptop.id, name: "Ann’s laptop", fingerprintEnd: "laptop", ...shown },
        { id: studio.id, name: null, fingerprintEnd: "studio", ...shown },
      ],
    });
    expect(text).not.toContain("fingerprint-of");
  });

  test("given a machine, when it is named and freed, then each is answered and done", async () => {
    const { session, order, studio, keyId } = await pageWithMachines();
    const body = { activationId: studio.id, order: order.shopifyId };

    expect(await post(nameAction, session, { ...body, name: "Studio" })).toEqual({
      status: 200,
      cors: "*",
      body: { name: "Studio" },
    });
    expect(await post(freeAction, session, body)).toEqual({
      status: 200,
      cors: "*",
      body: { freesLeft: 2, nextFreeAt: null },
    });

    expect(await db.activation.count({ where: { keyId } })).toBe(1);
  });

  test("given no frees left, when one more is asked for, then 409 and the day", async () => {
    const { session, laptop, studio } = await pageWithMachines({ freesPerMonth: 1 });
    await post(freeAction, session, { activationId: laptop.id });

    expect(await post(freeAction, session, { activationId: studio.id })).toMatchObject({
      status: 409,
      body: { error: { code: "frees_used", message: expect.stringMatching(/possible on [A-Z][a-z]+ \d+, \d{4}\.$/) } },
    });
  });

  test("given another customer, no id, no name or a GET, when asked, then refused and nothing changes", async () => {
    const { shop, studio, keyId } = await pageWithMachines();
    const stranger = sessionToken(shop.domain, { sub: "gid://shopify/Customer/999999" });

    expect(await post(freeAction, stranger, { activationId: studio.id })).toMatchObject({ status: 404 });
    expect(await post(nameAction, stranger, { activationId: studio.id, name: "x" })).toMatchObject({ status: 404 });
    expect(await post(freeAction, stranger, {})).toMatchObject({ status: 422 });
    expect(await post(nameAction, stranger, { activationId: studio.id, name: " " })).toMatchObject({ status: 422 });
    for (const loader of [nameLoader, freeLoader]) {
      expect((await loader({ request: new Request("https://a.example"), params: {}, context: {} })).status).toBe(405);
    }
    expect(await db.activation.count({ where: { keyId, name: null } })).toBe(1);
    expect(await db.activation.count({ where: { keyId } })).toBe(2);
  });
});
