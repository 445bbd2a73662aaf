import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { acceptCompliance } from "~/domain/compliance/accept-compliance.server";
import { carryOutCompliance } from "~/domain/compliance/carry-out-compliance.server";
import { openConnections } from "../factories";
import { boughtPage } from "../domain/page/page-setup";
import { call, readPage as page } from "./page-calls";

const past = new Date("2026-01-16T00:00:00Z");

describe("a link whose hours are over", () => {
  test("given it, when opened, then the page is gone, says so and shows nothing of the order", async () => {
    const { token, order, grant } = await boughtPage({ expiresAt: past });

    const { status, text, body, document } = await page(token);

    expect(status).toBe(410);
    expect(text).toContain("This link has expired");
    expect(document.querySelector("form")?.getAttribute("action")).toBe(`/d/${token}/fresh`);
    for (const secret of [order.name, order.email ?? "?", grant.id, grant.asset?.title ?? "?"])
      expect(body).not.toContain(secret);
    expect((await call("download", { token, grantId: grant.id })).status).toBe(410);
    expect((await call("stream", { token, grantId: grant.id })).status).toBe(404);
  });

  test("given ten requests at once for a fresh link, when the day goes on, then one goes out, and no address is told", async () => {
    const { token, order } = await boughtPage({ expiresAt: past });
    await openConnections(12);

    const answers = await Promise.all(Array.from({ length: 10 }, () => call("fresh", { token })));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[0]?.body).toContain("If there is an email address for your order");
    expect(answers[0]?.body).not.toContain(order.email);
    expect(await db.delivery.count({ where: { orderId: order.id, kind: "fresh_link", state: "queued" } })).toBe(1);
  });

  test("given five fresh links within the day, when a sixth is asked for, then none goes out until the first is a day old", async () => {
    const { token, order } = await boughtPage({ expiresAt: past });
    const minutes = (count: number) => new Date(Date.now() - count * 60_000);
    const age = async (by: number) => {
      const links = await db.delivery.findMany({ where: { orderId: order.id, kind: "fresh_link" } });
      for (const { id, createdAt } of links) {
        await db.delivery.update({ where: { id }, data: { createdAt: new Date(createdAt.getTime() - by * 60_000) } });
      }
    };
    const count = () => db.delivery.count({ where: { orderId: order.id, kind: "fresh_link" } });

    for (let link = 1; link <= 6; link++) {
      await call("fresh", { token });
      expect(await count()).toBe(Math.min(link, 5));
      await age(6);
    }
    await db.delivery.updateMany({
      where: { orderId: order.id, kind: "fresh_link" },
      data: { createdAt: minutes(25 * 60) },
    });
    await call("fresh", { token });

    expect(await count()).toBe(6);
  });

  test("given an order without an address, when a fresh link is asked for, then the answer is the same and nothing is made", async () => {
    const known = await boughtPage({ expiresAt: past });
    const nameless = await boughtPage({ expiresAt: past, order: { email: null } });
    const strip = (body: string) => body.replaceAll(/nonce="[^"]+"/g, "");

    const answers = [await call("fresh", known), await call("fresh", nameless)];

    expect(strip(answers[1]?.body ?? "")).toBe(strip(answers[0]?.body ?? "-"));
    expect(await db.delivery.count({ where: { orderId: nameless.order.id, kind: "fresh_link" } })).toBe(0);
  });

  test("given a link that is open, when a fresh one is asked for, then the browser is sent to the page and none goes out", async () => {
    const { token, order } = await boughtPage();

    const { status, headers } = await call("fresh", { token });

    expect([status, headers.get("Location")]).toEqual([303, `/d/${token}`]);
    expect(await db.delivery.count({ where: { orderId: order.id, kind: "fresh_link" } })).toBe(0);
  });
});

describe("a link that is none", () => {
  test.each([["nothing"], ["'; DROP TABLE"], ["A".repeat(5_000)], ["../../etc"], ["\u0000"]])(
    "given the token %j, when opened or used, then the same neutral page",
    async (token) => {
      const answers = [
        await page(token),
        await call("download", { token, grantId: "x" }),
        await call("fresh", { token }),
      ];

      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(body).toContain("This link is not valid");
      }
    },
  );

  test("given a page, when its order's data are redacted, then its link is as good as none", async () => {
    const { shop, order, token, delivery } = await boughtPage();
    const subject = { customerId: order.customerId, email: null, orderIds: [] };
    await acceptCompliance({ shopId: shop.id, webhookId: "redact-1", topic: "customers/redact", subject });
    const { id } = await db.complianceRequest.findFirstOrThrow({ where: { shopId: shop.id } });

    await carryOutCompliance(id, new Date());

    expect((await page(token)).status).toBe(404);
    expect(await db.delivery.findUniqueOrThrow({ where: { id: delivery.id } })).toMatchObject({
      tokenCiphertext: null,
      state: "unaddressed",
    });
  });

  test("given a shop that left, when its customer's link is opened, then it is not valid", async () => {
    const { token } = await boughtPage({ shop: { uninstalledAt: new Date() } });

    expect((await page(token)).status).toBe(404);
  });
});

describe("a shop whose customers sign in", () => {
  test("given its link, when opened, then only a way to the account is there, and downloads, streams and fresh links are refused", async () => {
    const { shop, order, grant, token } = await boughtPage({ shop: { signInRequired: true } });

    const { status, document, body } = await page(token);

    expect(status).toBe(200);
    expect(document.querySelector("a.button")?.getAttribute("href")).toBe(`https://${shop.domain}/account`);
    expect(document.querySelector("form")).toBeNull();
    for (const secret of [order.name, grant.asset?.title ?? "?"]) expect(body).not.toContain(secret);
    await call("download", { token, grantId: grant.id });
    await call("fresh", { token });
    expect((await call("stream", { token, grantId: grant.id })).status).toBe(404);
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(0);
    expect(await db.delivery.count({ where: { orderId: order.id } })).toBe(1);
  });
});
