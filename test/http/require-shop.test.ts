import { createPlayedShop } from "../setup/shopify"; // before the app: Shopify's library keeps the fetch it finds
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { requireShop } from "~/http/require-shop.server";
import { sessionToken } from "../setup/signed-requests";

async function staffMember(claims: Record<string, unknown> = {}) {
  const { shop, ...world } = await createPlayedShop();
  const expires = new Date(Date.now() + 3_600_000);
  await db.session.update({ where: { id: `offline_${shop.domain}` }, data: { expires } });
  const dest = `https://${shop.domain}`;
  const visit = () => {
    const token = sessionToken(shop.domain, { dest, iss: `${dest}/admin`, sub: "6100000000042", ...claims });
    const headers = {
      Authorization: `Bearer ${token}`,
      "User-Agent": "Mozilla/5.0 Chrome/153",
      "X-Forwarded-For": "203.0.113.4, 192.0.2.7",
    };
    return requireShop(new Request("https://app.example.com/app/page", { headers }));
  };
  const online = () => db.session.findMany({ where: { shop: shop.domain, isOnline: true } });
  return { world, shop, visit, online };
}

describe("a staff member's name", () => {
  test("given a staff member seen for the first time, when they do something, then the audit has name, address and browser", async () => {
    const { shop, visit } = await staffMember();

    const { actor } = await visit();
    await recordAudit(db, { shopId: shop.id, actor, action: "settings_saved" });

    expect(await db.auditEntry.findFirstOrThrow({ where: { shopId: shop.id } })).toMatchObject({
      actor: "person:6100000000042",
      actorName: "Robin Finch",
      ip: "192.0.2.7",
      userAgent: "Mozilla/5.0 Chrome/153",
    });
  });

  test("given three pages at once, when they are opened, then Shopify's token for the person is not kept and the app's is untouched", async () => {
    const { shop, visit, online } = await staffMember();
    const before = await db.session.findUniqueOrThrow({ where: { id: `offline_${shop.domain}` } });

    await Promise.all([visit(), visit(), visit()]);

    expect(await online()).toMatchObject([{ firstName: "Robin", accessToken: "", email: null }]);
    expect(await db.session.findUnique({ where: { id: `offline_${shop.domain}` } })).toEqual(before);
  });

  test("given a name learned more than a day ago, when the person comes back, then it is asked for again", async () => {
    const { shop, visit, online } = await staffMember();
    await visit();
    const data = { firstName: "Former", expires: new Date(Date.now() - 1) };
    await db.session.updateMany({ where: { shop: shop.domain, isOnline: true }, data });

    await visit();

    expect(await online()).toMatchObject([{ firstName: "Robin" }]);
  });

  test("given a Shopify that refuses to tell, when a page is opened, then it opens, and the audit names the person by number", async () => {
    const { shop, visit, online } = await staffMember({ iss: "https://elsewhere.example.com/admin" });

    const { actor } = await visit();
    await recordAudit(db, { shopId: shop.id, actor, action: "settings_saved" });

    expect(await online()).toEqual([]);
    expect(await db.auditEntry.findFirstOrThrow({ where: { shopId: shop.id } })).toMatchObject({
      actor: "person:6100000000042",
      actorName: null,
    });
  });
});
