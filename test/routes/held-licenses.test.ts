import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { readTypedKey } from "~/domain/license/read-typed-key.server";
import { enableKeys } from "~/domain/pool/enable-keys.server";
import { createToken } from "~/domain/token/create-token.server";
import { revokeToken } from "~/domain/token/revoke-token.server";
import { tokenScopes, type TokenScope } from "~/domain/token/scopes";
import * as list from "~/routes/api.licenses";
import * as find from "~/routes/api.licenses_.$licenseId";
import * as restore from "~/routes/api.licenses_.$licenseId_.restore";
import * as revoke from "~/routes/api.licenses_.$licenseId_.revoke";
import { createLicense, createOrder, createPool, createShop, openConnections } from "../factories";
import { differences, startApiServer } from "../setup/api-server";

let server: Awaited<ReturnType<typeof startApiServer>>;
beforeAll(async () => {
  server = await startApiServer({
    "/api/licenses": list,
    "/api/licenses/$licenseId": find,
    "/api/licenses/$licenseId/revoke": revoke,
    "/api/licenses/$licenseId/restore": restore,
  });
});
afterAll(() => server.stop());

async function backEnd({ scopes = [...tokenScopes], shopId }: { scopes?: TokenScope[]; shopId?: string } = {}) {
  const shop = shopId ? await db.shop.findUniqueOrThrow({ where: { id: shopId } }) : await createShop();
  const token = await createToken({ shopId: shop.id, name: "Back office", scopes, actor: "person:42" });
  const call = (method: "GET" | "POST", path: string, body?: object, headers?: Record<string, string>) =>
    callWith(`Bearer ${token.text}`, method, path, body, headers);
  return { shopId: shop.id, token, call };
}

/** Calls the API; whatever it answers must be as its document says. */
async function callWith(
  authorization: string | null,
  method: "GET" | "POST",
  path: string,
  body: object | undefined = method === "POST" ? {} : undefined,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(server.url + path, {
    method,
    headers: {
      "Content-Type": "application/json",
      "X-Forwarded-For": "203.0.113.9",
      "User-Agent": "Back office/1.0",
      ...(authorization !== null && { Authorization: authorization }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  const answered = await answer.json();
  expect(differences(method, path.split("?")[0] ?? "", answer.status, answered)).toEqual([]);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  return { status: answer.status, headers: answer.headers, body: answered };
}

type Call = Awaited<ReturnType<typeof backEnd>>["call"];

async function allPages(call: Call, query: string, between: (page: number) => Promise<void> = async () => {}) {
  const ids: string[] = [];
  let after = "";
  for (let page = 0; ; page++) {
    const { body } = await call("GET", `/api/licenses?${query}${after && `&after=${after}`}`);
    ids.push(...body.licenses.map(({ id }: { id: string }) => id));
    if (body.next === null) return ids;
    after = body.next;
    await between(page);
  }
}

describe("a token", () => {
  test.each([
    ["missing_token", null],
    ["missing_token", "Basic fp_1"],
    ["unknown_token", "Bearer fp_wrong"],
    ["unknown_token", "Bearer 9"],
  ])(
    "given %s (%s), when any call is made, then it is refused with 401 before anything is read",
    async (code, sent) => {
      const answers = await Promise.all([
        callWith(sent, "GET", "/api/licenses?limit=nonsense"),
        callWith(sent, "POST", "/api/licenses", { pool: 5 }),
        callWith(sent, "GET", "/api/licenses/nonsense"),
        callWith(sent, "POST", "/api/licenses/nonsense/revoke"),
        callWith(sent, "POST", "/api/licenses/nonsense/restore"),
      ]);

      for (const { status, headers, body } of answers) {
        expect({ status, code: body.error.code }).toEqual({ status: 401, code });
        expect(headers.get("WWW-Authenticate")).toBe("Bearer");
      }
    },
  );

  test("given a token that works, when it is revoked, then the next call is refused", async () => {
    const { shopId, token, call } = await backEnd();
    expect((await call("GET", "/api/licenses")).status).toBe(200);

    await revokeToken({ shopId, tokenId: token.id, actor: "person:42", now: new Date() });

    expect(await call("GET", "/api/licenses")).toMatchObject({
      status: 401,
      body: { error: { code: "unknown_token" } },
    });
  });

  test("given a token, when its shop uninstalls the app, then the next call is refused", async () => {
    const { shopId, call } = await backEnd();
    await db.shop.update({ where: { id: shopId }, data: { uninstalledAt: new Date() } });

    expect((await call("GET", "/api/licenses")).status).toBe(401);
  });

  test("given a token that may only read, when it changes something, then it is told which scope is missing, and nothing changes", async () => {
    const { shopId, call } = await backEnd({ scopes: ["licenses:read"] });
    const { keyId, pool } = await createLicense({ shopId, isIssued: true });

    const answers = [
      await call("POST", "/api/licenses", { pool: pool.name, key: "NEW" }),
      await call("POST", `/api/licenses/${keyId}/revoke`),
      await call("POST", `/api/licenses/${keyId}/restore`),
    ];

    for (const { status, body } of answers) {
      expect({ status, code: body.error.code }).toEqual({ status: 403, code: "missing_scope" });
      expect(body.error.message).toContain("licenses:write");
    }
    expect(await db.poolKey.findMany({ where: { shopId } })).toMatchObject([{ id: keyId, state: "granted" }]);
  });

  test("given a token that may only change, when it reads, then it is refused; when it creates, then no key is told", async () => {
    const { shopId, call } = await backEnd({ scopes: ["licenses:write"] });
    const pool = await createPool({ shopId, keys: ["SECRET-0001"] });

    const read = await call("GET", "/api/licenses");
    const created = await call("POST", "/api/licenses", { pool: pool.name });

    expect(read.status).toBe(403);
    expect(created.body.license).toMatchObject({ key: null, keyEnd: "0001" });
  });

  test("given a token, when it calls more than 600 times a minute, then it must wait, and another token need not", async () => {
    const { shopId, token, call } = await backEnd();
    const other = await backEnd({ shopId });
    await db.rateLimit.create({
      data: { key: `token:${token.id}`, points: 600, expire: BigInt(Date.now() + 30_000) },
    });

    const { status, headers, body } = await call("GET", "/api/licenses");

    expect({ status, code: body.error.code }).toEqual({ status: 429, code: "throttled" });
    expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await other.call("GET", "/api/licenses")).status).toBe(200);
  });
});

describe("creating licenses", () => {
  test("given a pool, when a license is created by its name, then the next key is taken for the holder, and the audit names the token", async () => {
    const { shopId, token, call } = await backEnd();
    const pool = await createPool({
      shopId,
      name: "Synth Pro keys",
      keys: ["SYNTH-0001", "SYNTH-0002"],
      activationLimit: 3,
    });
    const asked = { pool: "Synth Pro keys", email: "Ann@Example.com", reference: "invoice-1", note: "By phone" };

    const { status, body } = await call("POST", "/api/licenses", asked);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      created: true,
      license: {
        key: "SYNTH-0001",
        keyEnd: "0001",
        state: "active",
        pool: { id: pool.id, name: "Synth Pro keys" },
        order: null,
        email: "ann@example.com",
        reference: "invoice-1",
        activationLimit: 3,
        activationsUsed: 0,
        expiresAt: null,
      },
    });
    const key = await db.poolKey.findUniqueOrThrow({ where: { id: body.license.id } });
    expect(key).toMatchObject({ state: "granted", grantId: null, holderEmail: "ann@example.com", note: "By phone" });
    expect(await db.auditEntry.findMany({ where: { shopId, action: "license_issued" } })).toMatchObject([
      {
        actor: `token:${token.id}`,
        actorName: "Back office",
        ip: "203.0.113.9",
        userAgent: "Back office/1.0",
        data: { pool: "Synth Pro keys", poolId: pool.id, reference: "invoice-1" },
      },
    ]);
  });

  test("given a key of the merchant's own, when it is registered with limit and end, then the license has them; a second time it is there", async () => {
    const { shopId, call } = await backEnd();
    const pool = await createPool({ shopId, activationLimit: 3 });
    const asked = { pool: pool.id, key: " MY-OWN-KEY ", activationLimit: 0, expiresAt: "2030-01-01T00:00:00+02:00" };

    const first = await call("POST", "/api/licenses", asked);
    const second = await call("POST", "/api/licenses", asked);

    expect(first.body.license).toMatchObject({
      key: "MY-OWN-KEY",
      activationLimit: null,
      expiresAt: "2029-12-31T22:00:00.000Z",
    });
    expect(second).toMatchObject({ status: 409, body: { error: { code: "key_exists" } } });
    expect(await db.poolKey.count({ where: { shopId } })).toBe(1);
  });

  test("given a pool whose keys are good for 30 days, or until a day, when a license is created, then it ends then", async () => {
    const { shopId, call } = await backEnd();
    const pool = await createPool({ shopId, keys: 2 });
    await db.pool.update({ where: { id: pool.id }, data: { validDays: 30 } });
    const days = await call("POST", "/api/licenses", { pool: pool.id });
    const validUntil = new Date(Date.now() + 5 * 86_400_000);
    await db.pool.update({ where: { id: pool.id }, data: { validDays: null, validUntil } });

    const until = await call("POST", "/api/licenses", { pool: pool.id });

    const { issuedAt, expiresAt } = days.body.license;
    expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(30 * 86_400_000);
    expect(until.body.license.expiresAt).toBe(validUntil.toISOString());
  });

  test("given 50 calls at once with one reference, when the pool has 3 keys, then all answer one license and two keys are left", async () => {
    const { shopId, call } = await backEnd();
    const pool = await createPool({ shopId, keys: 3 });
    await openConnections(30);

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call("POST", "/api/licenses", { pool: pool.name, reference: "invoice-1" })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.license.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.created)).toHaveLength(1);
    expect(await db.poolKey.count({ where: { shopId, state: "available" } })).toBe(2);
    expect(await db.auditEntry.count({ where: { shopId, action: "license_issued" } })).toBe(1);
  });

  test("given 20 calls at once without a reference, when the pool has 15 keys, then 15 get a key of their own and 5 are told", async () => {
    const { shopId, call } = await backEnd();
    const pool = await createPool({ shopId, keys: 15 });
    await openConnections(20);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call("POST", "/api/licenses", { pool: pool.id })),
    );

    const made = answers.filter(({ status }) => status === 200);
    expect(new Set(made.map(({ body }) => body.license.key)).size).toBe(15);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.map(({ body }) => body.error.code)).toEqual(Array(5).fill("pool_empty"));
  });

  test("given an empty pool that makes keys on demand, when licenses are created at once, then each gets a fresh key by the rule", async () => {
    const { shopId, call } = await backEnd();
    const pool = await createPool({ shopId });
    const rule = {
      characters: "0123456789ABCDEF",
      blocks: 4,
      blockLength: 6,
      separator: "-",
      prefix: "GEN-",
      suffix: "",
      hasCheck: false,
    };
    await db.pool.update({ where: { id: pool.id }, data: { rule, generatesOnDemand: true } });

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call("POST", "/api/licenses", { pool: pool.id })),
    );

    const keys = answers.map(({ body }) => body.license.key);
    expect(new Set(keys).size).toBe(8);
    for (const key of keys) expect(key).toMatch(/^GEN-([0-9A-F]{6}-){3}[0-9A-F]{6}$/);
    expect(await db.poolKey.count({ where: { poolId: pool.id } })).toBe(8);
  });

  test("given one reference in two shops, when both create, then each has its own", async () => {
    const one = await backEnd();
    const other = await backEnd();
    const pools = [
      await createPool({ shopId: one.shopId, keys: 1 }),
      await createPool({ shopId: other.shopId, keys: 1 }),
    ];

    const first = await one.call("POST", "/api/licenses", { pool: pools[0]?.id, reference: "1" });
    const second = await other.call("POST", "/api/licenses", { pool: pools[1]?.id, reference: "1" });

    expect([first.body.created, second.body.created]).toEqual([true, true]);
  });

  test("given a shop whose keys a rule made, when a key of its own is registered that looks like a typing mistake, then it is found as typed", async () => {
    const { shopId, call } = await backEnd();
    const rule = {
      characters: "23456789ABCDEFGHJKMNPQRTUVWXYZ",
      blocks: 3,
      blockLength: 4,
      separator: "-",
      prefix: "",
      suffix: "",
      hasCheck: true,
    };
    const pool = await createPool({ shopId });
    await db.pool.update({ where: { id: pool.id }, data: { rule } });

    await call("POST", "/api/licenses", { pool: pool.id, key: "8ABC-5DEF-2GHJ" });

    expect(await readTypedKey(shopId, "8ABC-5DEF-2GHJ")).toMatchObject({ isTypo: true, isTypoCertain: false });
  });

  test.each([
    ["no pool", 422, "bad_request", {}],
    ["another shop's pool", 404, "unknown_pool", { pool: "other" }],
    ["an archived pool", 409, "pool_archived", { pool: "Archived" }],
    ["an empty pool", 409, "pool_empty", { pool: "Empty" }],
    ["no address", 422, "bad_request", { pool: "Empty", email: "ann" }],
    ["a key that cannot be seen", 422, "bad_request", { pool: "Empty", key: "A\u200bB" }],
    ["an end that is no moment", 422, "bad_request", { pool: "Empty", expiresAt: "tomorrow" }],
    ["a limit below none", 422, "bad_request", { pool: "Empty", activationLimit: -1 }],
    ["an end before our years", 422, "bad_request", { pool: "Empty", expiresAt: "0000-01-01T00:00:00Z" }],
    ["an end after our years", 422, "bad_request", { pool: "Empty", expiresAt: "9999-12-31T23:00:00-02:00" }],
    ["a reference cut within a character", 422, "bad_request", { pool: "Empty", reference: "cut\ud800" }],
  ])("given %s, when a license is created, then it is refused with %i %s", async (_, status, code, asked) => {
    const { shopId, call } = await backEnd();
    const other = await createPool({ keys: 1 });
    await createPool({ shopId, name: "Empty" });
    const archived = await createPool({ shopId, name: "Archived", keys: 1 });
    await db.pool.update({ where: { id: archived.id }, data: { archivedAt: new Date() } });

    const answer = await call(
      "POST",
      "/api/licenses",
      "pool" in asked && asked.pool === "other" ? { pool: other.id } : asked,
    );

    expect({ status: answer.status, code: answer.body.error.code }).toEqual({ status, code });
    expect(await db.poolKey.count({ where: { shopId, issuedAt: { not: null } } })).toBe(0);
  });
});

describe("looking licenses up", () => {
  async function shopWithLicenses() {
    const { shopId, call } = await backEnd();
    const order = await createOrder({ shopId, email: "Ann@example.com", name: "#1001" });
    const sold = await createLicense({ shopId, grant: { orderId: order.id } });
    const issued = await createLicense({
      shopId,
      isIssued: true,
      key: { holderEmail: "ann@example.com", reference: "invoice-7" },
    });
    const another = await createLicense({ shopId });
    await createPool({ shopId, keys: 3 });
    await createLicense();
    return { call, order, sold: sold.keyId, issued: issued.keyId, another: another.keyId };
  }

  test("given licenses of orders and issued ones, when looked up, then each way finds its own, and never another shop's", async () => {
    const { call, order, sold, issued, another } = await shopWithLicenses();
    const found = (query: string) => allPages(call, query);
    const digits = order.shopifyId.split("/").at(-1);

    expect((await found("")).toSorted()).toEqual([sold, issued, another].toSorted());
    expect((await found("email=ANN@example.com")).toSorted()).toEqual([sold, issued].toSorted());
    expect(await found("email=_nn@example.com")).toEqual([]);
    expect(await found(`order=${encodeURIComponent(order.shopifyId)}`)).toEqual([sold]);
    expect(await found(`order=${digits}`)).toEqual([sold]);
    expect(await found("order=%231001")).toEqual([sold]);
    expect(await found("order=1001")).toEqual([sold]);
    expect(await found("order=100")).toEqual([]);
    expect(await found("reference=invoice-7")).toEqual([issued]);
    expect(await found("reference=invoice-7&order=1001")).toEqual([]);
  });

  test("given an order's license, when it is read, then it has its order and its key, and the key counts as out", async () => {
    const { shopId, call } = await backEnd();
    const { keyId, text, grant } = await createLicense({ shopId });

    const { body } = await call("GET", `/api/licenses/${keyId}`);

    expect(body.license).toMatchObject({
      key: text,
      order: { id: grant?.order.shopifyId, name: grant?.order.name },
      email: grant?.order.email,
      product: grant?.line.title,
    });
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant?.id } })).exposedAt).not.toBeNull();
  });

  test("given a held order's license, when it is read, then its state says so and its key is not told", async () => {
    const { shopId, call } = await backEnd();
    const { keyId, grant } = await createLicense({ shopId, grant: { state: "held" } });

    const { body } = await call("GET", `/api/licenses/${keyId}`);

    expect(body.license).toMatchObject({ state: "held", key: null });
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant?.id } })).exposedAt).toBeNull();
  });

  test("given another shop's license, a key nobody has and no license at all, when read or changed, then it is 404 and untouched", async () => {
    const { shopId, call } = await backEnd();
    const { keyId } = await createLicense();
    const pool = await createPool({ shopId, keys: 1 });
    const { id: free } = await db.poolKey.findFirstOrThrow({ where: { poolId: pool.id } });

    for (const id of [keyId, free, "01890000-0000-7000-8000-000000000000"]) {
      for (const answer of [
        await call("GET", `/api/licenses/${id}`),
        await call("POST", `/api/licenses/${id}/revoke`),
        await call("POST", `/api/licenses/${id}/restore`),
      ]) {
        expect(answer).toMatchObject({ status: 404, body: { error: { code: "unknown_license" } } });
      }
    }
    expect(await db.poolKey.findUnique({ where: { id: keyId } })).toMatchObject({ state: "granted" });
    expect(await db.poolKey.findUnique({ where: { id: free } })).toMatchObject({ state: "available" });
  });

  test("given 23 licenses, when they are paged by 5 while others are added, then each comes exactly once", async () => {
    const { shopId, call } = await backEnd();
    const pool = await createPool({ shopId, keys: 60 });
    for (let index = 0; index < 23; index++) await call("POST", "/api/licenses", { pool: pool.id });
    const before = await allPages(call, "limit=100");

    const paged = await allPages(call, "limit=5", async () => {
      await call("POST", "/api/licenses", { pool: pool.id });
      await createLicense({ shopId });
    });

    expect(before).toHaveLength(23);
    expect(new Set(paged).size).toBe(paged.length);
    expect(before.filter((id) => !paged.includes(id))).toEqual([]);
  });

  test.each(["nonsense", "AAAAAAAAAAAAAAAAAAAAAAA", "a", "%00", "../../etc/passwd", "AAAAAAAAAAAAAAAAAAAAAA=="])(
    "given the cursor %s, when a page is asked for, then it is refused and not taken for the first page",
    async (after) => {
      const { call } = await backEnd();

      const { status, body } = await call("GET", `/api/licenses?after=${after}`);

      expect({ status, code: body.error.code }).toEqual({ status: 422, code: "bad_cursor" });
    },
  );

  test.each(["limit=0", "limit=101", "limit=1.5", "order=%00", "email="])(
    "given %s, when licenses are listed, then it is refused",
    async (query) => {
      const { call } = await backEnd();

      expect((await call("GET", `/api/licenses?${query}`)).body.error.code).toBe("bad_request");
    },
  );
});

describe("revoking and restoring", () => {
  test("given an issued license, when it is revoked twice and restored twice, then it follows, and each change is told once", async () => {
    const { shopId, call } = await backEnd();
    const { keyId } = await createLicense({ shopId, isIssued: true });
    const state = async () => (await call("GET", `/api/licenses/${keyId}`)).body.license.state;

    const revoked = [
      await call("POST", `/api/licenses/${keyId}/revoke`),
      await call("POST", `/api/licenses/${keyId}/revoke`),
    ];
    const whenRevoked = await state();
    const restored = [
      await call("POST", `/api/licenses/${keyId}/restore`),
      await call("POST", `/api/licenses/${keyId}/restore`),
    ];

    expect(revoked.map(({ body }) => body.license.state)).toEqual(["revoked", "revoked"]);
    expect(whenRevoked).toBe("revoked");
    expect(restored.map(({ body }) => body.license.state)).toEqual(["active", "active"]);
    const audit = await db.auditEntry.findMany({
      where: { shopId, actor: { startsWith: "token:" } },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ action }) => action)).toEqual(["license_revoked", "license_restored"]);
  });

  test("given an issued license that the merchant disabled, when it is revoked and the key is enabled again, then it stays revoked", async () => {
    const { shopId, call } = await backEnd();
    const { keyId, pool } = await createLicense({ shopId, isIssued: true, key: { state: "disabled" } });

    const revoked = await call("POST", `/api/licenses/${keyId}/revoke`);
    await enableKeys({ shopId, poolId: pool.id, choice: { keyIds: [keyId] }, actor: "person:42", now: new Date() });

    expect(revoked.body.license.state).toBe("revoked");
    expect((await call("GET", `/api/licenses/${keyId}`)).body.license.state).toBe("revoked");
  });

  test("given an order's license, when it is revoked, then its grant is, for good as a person's word, and its order's history says so", async () => {
    const { shopId, call } = await backEnd();
    const { keyId, grant } = await createLicense({ shopId });

    const { body } = await call("POST", `/api/licenses/${keyId}/revoke`);

    expect(body.license.state).toBe("revoked");
    expect(await db.grant.findUnique({ where: { id: grant?.id } })).toMatchObject({
      state: "revoked",
      revokedBy: "person",
    });
    expect(await db.poolKey.findUnique({ where: { id: keyId } })).toMatchObject({ state: "revoked" });
    expect(await db.auditEntry.findMany({ where: { orderId: grant?.orderId } })).toMatchObject([
      { action: "revoked", actorName: "Back office" },
    ]);
    expect((await call("POST", `/api/licenses/${keyId}/restore`)).body.license.state).toBe("active");
  });

  test("given unseen keys that go back to their pool, when an order's license is revoked, then it is answered as revoked and is a license no more", async () => {
    const { shopId, call } = await backEnd();
    await db.shop.update({ where: { id: shopId }, data: { returnsUnseenKeys: true } });
    const { keyId } = await createLicense({ shopId });

    const { status, body } = await call("POST", `/api/licenses/${keyId}/revoke`);

    expect({ status, state: body.license.state, key: body.license.key }).toEqual({
      status: 200,
      state: "revoked",
      key: null,
    });
    expect(await db.poolKey.findUnique({ where: { id: keyId } })).toMatchObject({ state: "available" });
    expect((await call("GET", `/api/licenses/${keyId}`)).status).toBe(404);
  });

  test("given unseen keys that go back to their pool, when a license was read by a token before it is revoked, then its key stays out of the pool", async () => {
    const { shopId, call } = await backEnd();
    await db.shop.update({ where: { id: shopId }, data: { returnsUnseenKeys: true } });
    const { keyId } = await createLicense({ shopId });
    await call("GET", "/api/licenses");

    await call("POST", `/api/licenses/${keyId}/revoke`);

    expect(await db.poolKey.findUnique({ where: { id: keyId } })).toMatchObject({ state: "revoked" });
  });

  test("given a cancelled order's license, when it is restored, then it is refused and stays revoked", async () => {
    const { shopId, call } = await backEnd();
    const { keyId, grant } = await createLicense({ shopId, grant: { state: "revoked" }, key: { state: "revoked" } });
    await db.order.update({ where: { id: grant?.orderId }, data: { cancelledAt: new Date() } });

    const { status, body } = await call("POST", `/api/licenses/${keyId}/restore`);

    expect({ status, code: body.error.code }).toEqual({ status: 409, code: "order_does_not_cover" });
    expect(await db.grant.findUnique({ where: { id: grant?.id } })).toMatchObject({ state: "revoked" });
  });
});
