import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { findToken } from "~/domain/token/find-token.server";
import { action, loader } from "~/routes/app.settings_.tokens/route";
import { createMerchant, formOf, visit, type Merchant } from "../setup/merchant";

const now = new Date("2026-03-01T12:34:56Z");

async function made(merchant: Merchant, scopes = "licenses:read,licenses:write"): Promise<string> {
  const form = formOf({ intent: "create", name: "Back office", scopes });
  const { body } = await visit(action, merchant, {}, form);
  return body.text;
}

describe("the API tokens page", () => {
  test("given a merchant, when a token is made, then its text is answered once and only its hash is stored", async () => {
    const merchant = await createMerchant();

    const text = await made(merchant, "licenses:read");

    expect(text).toMatch(/^fp_[0-9a-f]{48}$/);
    const stored = await db.apiToken.findFirstOrThrow({ where: { shopId: merchant.shopId } });
    expect(Buffer.from(stored.tokenHash)).toEqual(createHash("sha256").update(text).digest());
    expect(stored).toMatchObject({ scopes: ["licenses:read"], actor: "person:42", tokenEnd: text.slice(-4) });
    const { body } = await visit(loader, merchant, {});
    expect(body.tokens).toMatchObject([{ name: "Back office", end: text.slice(-4), lastUsedAt: null }]);
    expect(JSON.stringify(body)).not.toContain(text);
    const audit = await db.auditEntry.findMany({ where: { shopId: merchant.shopId } });
    expect(audit).toMatchObject([{ action: "token_created", actorName: "Robin Finch" }]);
    expect(JSON.stringify(audit)).not.toContain(text);
  });

  test.each([
    ["name", { name: " ", scopes: "licenses:read" }],
    ["name", { name: "x".repeat(61), scopes: "licenses:read" }],
    ["scopes", { name: "Back office", scopes: "" }],
    ["scopes", { name: "Back office", scopes: "everything" }],
  ])(
    "given a form with a wrong %s, when it is sent, then the field says so and nothing is made",
    async (field, form) => {
      const merchant = await createMerchant();

      const { status, body } = await visit(action, merchant, {}, formOf({ intent: "create", ...form }));

      expect(status).toBe(422);
      expect(body.errors[field]).toHaveLength(1);
      expect(await db.apiToken.count({ where: { shopId: merchant.shopId } })).toBe(0);
    },
  );

  test("given a token, when it is revoked twice, then it ends, and the second time says so", async () => {
    const merchant = await createMerchant();
    const text = await made(merchant);
    const { id } = await db.apiToken.findFirstOrThrow({ where: { shopId: merchant.shopId } });

    const first = await visit(action, merchant, {}, formOf({ intent: "revoke", tokenId: id }));
    const second = await visit(action, merchant, {}, formOf({ intent: "revoke", tokenId: id }));

    expect(first.body).toEqual({ kind: "revoked" });
    expect(second.status).toBe(409);
    expect(await findToken(text, now)).toBeNull();
    expect((await visit(loader, merchant, {})).body.tokens).toEqual([]);
    expect(await db.auditEntry.count({ where: { shopId: merchant.shopId, action: "token_revoked" } })).toBe(1);
  });

  test("given another shop's token, when it is revoked, then it goes on working", async () => {
    const owner = await createMerchant();
    const text = await made(owner);
    const { id } = await db.apiToken.findFirstOrThrow({ where: { shopId: owner.shopId } });

    const { status } = await visit(action, await createMerchant(), {}, formOf({ intent: "revoke", tokenId: id }));

    expect(status).toBe(409);
    expect(await findToken(text, now)).toMatchObject({ id });
  });
});

describe("findToken", () => {
  test("given a token, when it is used, then the hour is noted and one hour writes one row version", async () => {
    const merchant = await createMerchant();
    const text = await made(merchant);
    const version = () =>
      db.$queryRaw`SELECT xmin::text, "lastUsedAt" FROM "ApiToken" WHERE "shopId" = ${merchant.shopId}::uuid`;

    await findToken(text, now);
    const first = await version();
    await findToken(text, new Date("2026-03-01T12:59:59Z"));

    expect(await version()).toEqual(first);
    expect(first).toMatchObject([{ lastUsedAt: new Date("2026-03-01T12:00:00Z") }]);
    await findToken(text, new Date("2026-03-01T13:00:00Z"));
    expect(await version()).toMatchObject([{ lastUsedAt: new Date("2026-03-01T13:00:00Z") }]);
  });

  test("given a token, when its shop uninstalls the app, then it works no more", async () => {
    const merchant = await createMerchant();
    const text = await made(merchant);
    await db.shop.update({ where: { id: merchant.shopId }, data: { uninstalledAt: now } });

    expect(await findToken(text, now)).toBeNull();
  });
});
