import { Validator } from "@seriousme/openapi-schema-validator";
import fc from "fast-check";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { replaceSigningKey } from "~/domain/signing-key/replace-signing-key.server";
import * as activateRoute from "~/routes/api.licenses.activate";
import * as deactivateRoute from "~/routes/api.licenses.deactivate";
import * as jwksRoute from "~/routes/api.licenses.jwks";
import * as validateRoute from "~/routes/api.licenses.validate";
import { createLicense, createPool, createShop, openConnections } from "../factories";
import { differences, document, startApiServer } from "../setup/api-server";
import { expectNoise } from "../setup/expect-noise";

const DAY_SECONDS = 86_400;

let server: Awaited<ReturnType<typeof startApiServer>>;
beforeAll(async () => {
  server = await startApiServer({
    "/api/licenses/activate": activateRoute,
    "/api/licenses/deactivate": deactivateRoute,
    "/api/licenses/validate": validateRoute,
    "/api/licenses/jwks": jwksRoute,
  });
});
afterAll(() => server.stop());

let lastAddress = 0;
/** An address that has not called yet: what is counted by address counts for one test. */
const newAddress = () => `198.51.${Math.floor(++lastAddress / 250)}.${lastAddress % 250}`;

type Call = {
  method?: string;
  address?: string;
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

/** Calls the API; whatever it answers must be as its document says. */
async function call(path: string, body: unknown, { method = "POST", address, raw, headers }: Call = {}) {
  const answer = await fetch(server.url + path, {
    method,
    headers: { "X-Forwarded-For": address ?? newAddress(), "Content-Type": "application/json", ...headers },
    body: method === "GET" ? undefined : (raw ?? JSON.stringify(body)),
  });
  const answered = await answer.json();
  const documented = method === "POST" || method === "GET" ? method : "POST";
  expect(differences(documented, path.split("?")[0] ?? "", answer.status, answered)).toEqual([]);
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
  return { status: answer.status, headers: answer.headers, body: answered };
}

type License = Awaited<ReturnType<typeof createLicense>>;
const asked = ({ shop, text }: License, more: object = {}) => ({ shop: shop.domain, key: text, ...more });

const activate = (license: License, fingerprint: string, more: object = {}, over: Call = {}) =>
  call("/api/licenses/activate", asked(license, { fingerprint, ...more }), over);
const deactivate = (license: License, fingerprint: string) =>
  call("/api/licenses/deactivate", asked(license, { fingerprint }));
const validate = (license: License, more: object = {}, over: Call = {}) =>
  call("/api/licenses/validate", asked(license, more), over);

async function verify(license: License, offline: string) {
  const { body } = await call(`/api/licenses/jwks?shop=${license.shop.domain}`, null, { method: "GET" });
  return jwtVerify(offline, createLocalJWKSet(body));
}

describe("the document", () => {
  test("given every call, when it is written down, then it is a valid OpenAPI 3.1 document", async () => {
    const result = await new Validator().validate(structuredClone(document));

    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toBe("3.1.0");
  });

  test("given the licensing calls, when looked up, then each is there with its refusals", () => {
    const { post } = document.paths["/api/licenses/activate"] as {
      post: { responses: Record<string, { description: string }> };
    };

    expect(Object.keys(post.responses)).toEqual(["200", "400", "404", "405", "409", "413", "422", "429", "500"]);
    expect(post.responses["409"]?.description).toContain("limit_reached");
  });
});

describe("activate", () => {
  test("given a license, when a machine activates, then it is told of the license and gets one to keep", async () => {
    const license = await createLicense({ pool: { activationLimit: 3 }, text: "SYNTH-0001-WXYZ" });

    const { status, headers, body } = await activate(license, "laptop", { name: "Ada's laptop" });

    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(body.license).toMatchObject({
      state: "active",
      keyEnd: "WXYZ",
      activationLimit: 3,
      activationsUsed: 1,
      expiresAt: null,
    });
    const { payload } = await verify(license, body.offline);
    expect(payload).toMatchObject({
      iss: "https://app.example.com",
      shop: license.shop.domain,
      product: body.license.product,
      keyEnd: "WXYZ",
      fingerprint: "laptop",
      activationLimit: 3,
      expiresAt: null,
      graceDays: 14,
    });
    expect(payload.exp).toBe((payload.iat ?? 0) + 14 * DAY_SECONDS);
    expect(JSON.stringify(payload)).not.toContain(license.text);
  });

  test("given a license that ends before its grace, when a machine activates, then what it keeps ends with it", async () => {
    const end = new Date(Date.now() + 3 * DAY_SECONDS * 1000);
    const license = await createLicense({ key: { expiresAt: end } });

    const { body } = await activate(license, "laptop");

    const { payload } = await verify(license, body.offline);
    expect(payload.exp).toBe(Math.floor(end.getTime() / 1000));
    expect(payload.expiresAt).toBe(end.toISOString());
  });

  test("given three places, when 50 machines call at once, then three are given", async () => {
    const license = await createLicense({ pool: { activationLimit: 3 } });
    await openConnections(32);

    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => activate(license, `machine-${index}`)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.error.code))).toEqual(
      new Set(["limit_reached"]),
    );
  });

  test.each<[string, number, Parameters<typeof createLicense>[0], object]>([
    ["revoked", 409, { key: { state: "revoked" } }, {}],
    ["disabled", 409, { key: { state: "disabled" } }, {}],
    ["held", 409, { grant: { state: "held" } }, {}],
    ["expired", 409, { key: { expiresAt: new Date("2020-01-01T00:00:00Z") } }, {}],
    ["wrong_product", 409, {}, { product: "gid://shopify/Product/999999999" }],
  ])(
    "given a license that is %s, when a machine activates, then it is refused with %i",
    async (code, status, options, more) => {
      const license = await createLicense(options);

      const answer = await activate(license, "laptop", more);

      expect(answer).toMatchObject({ status, body: { error: { code } } });
      expect(await db.activation.count({ where: { keyId: license.keyId } })).toBe(0);
    },
  );

  test.each([
    ["lower case", (text: string) => text.toLowerCase()],
    ["space around", (text: string) => `\t ${text} \n`],
    ["space between", (text: string) => text.replaceAll("-", " - ")],
    ["other dashes", (text: string) => text.replaceAll("-", "–")],
  ])("given a key typed with %s, when a machine activates, then it is found", async (_name, typed) => {
    const license = await createLicense({ text: "TYPED-KEY-0007" });

    expect((await activate({ ...license, text: typed(license.text) }, "laptop")).status).toBe(200);
  });
});

describe("a machine's name", () => {
  test.each([
    ["   ", null],
    ["\u200b", null],
    [" Ada's\n\u202elaptop\0 ", "Ada's laptop"],
    ["half\ud800", "half"],
  ])("given the name %j, when a machine activates, then it is called %j", async (name, called) => {
    const license = await createLicense();

    expect((await activate(license, "laptop", { name })).status).toBe(200);

    expect(await db.activation.findMany({ where: { keyId: license.keyId } })).toMatchObject([{ name: called }]);
  });

  test("given a machine without a name, when it activates again with one, then it has it, and no later one takes its place", async () => {
    const license = await createLicense();
    await activate(license, "laptop");

    for (const name of ["Ada's laptop", "Another"]) await activate(license, "laptop", { name });

    expect(await db.activation.findMany({ where: { keyId: license.keyId } })).toMatchObject([{ name: "Ada's laptop" }]);
  });
});

describe("a key that a rule made", () => {
  const rule = {
    characters: "23456789ABCDEFGHJKMNPQRTUVWXYZ",
    blocks: 3,
    blockLength: 4,
    separator: "-",
    prefix: "",
    suffix: "",
    hasCheck: false,
  };

  test("given look-alike letters that the rule does not have, when a person types them, then they are read as meant", async () => {
    const license = await createLicense({ text: "8ABC-5DEF-2GHJ", pool: { rule } });

    expect((await activate({ ...license, text: "babc sdef zghj" }, "laptop")).status).toBe(404); // B, S, Z are the rule's own
    expect((await activate({ ...license, text: "8abc5def2ghj" }, "laptop")).status).toBe(200);
  });

  test("given check characters, when one letter is wrong, then it is said to be mistyped, and nothing is looked up", async () => {
    const license = await createLicense({ pool: { rule: { ...rule, hasCheck: true } } });

    const { status, body } = await activate({ ...license, text: "8ABC-5DEF-2GHJ" }, "laptop");

    expect(status).toBe(404);
    expect(body.error.code).toBe("mistyped_key");
    expect((await validate({ ...license, text: "8ABC-5DEF-2GHJ" })).body).toEqual({
      valid: false,
      reason: "mistyped_key",
      license: null,
      offline: null,
    });
  });

  test("given an imported key of the same shape, when it is typed right, then check characters do not stand in its way", async () => {
    const license = await createLicense({ text: "8ABC-5DEF-2GHJ", pool: { rule: { ...rule, hasCheck: true } } });
    const { shopId, pool } = license;
    await db.keyImport.create({
      data: { shopId, poolId: pool.id, fileName: "keys.csv", added: 1, duplicates: 0, bad: 0, report: {} },
    });

    expect((await activate(license, "laptop")).status).toBe(200);
    expect((await activate({ ...license, text: "8ABC-5DEF-2GHK" }, "laptop")).body.error.code).toBe("mistyped_key");
  });
});

describe("deactivate", () => {
  test("given every place taken, when a machine deactivates, then another may activate", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    await activate(license, "old");
    expect((await activate(license, "new")).body.error.code).toBe("limit_reached");

    const freed = await deactivate(license, "old");

    expect(freed).toMatchObject({ status: 200, body: { license: { activationsUsed: 0 } } });
    expect((await activate(license, "new")).status).toBe(200);
  });

  test("given a machine without a place, when it deactivates, then it is told so", async () => {
    const license = await createLicense();

    expect(await deactivate(license, "laptop")).toMatchObject({
      status: 404,
      body: { error: { code: "not_activated" } },
    });
  });
});

describe("validate", () => {
  test("given an activated machine, when it asks, then it is valid, takes no place and gets a fresh license", async () => {
    const license = await createLicense({ pool: { activationLimit: 2 } });
    await activate(license, "laptop");

    const { status, body } = await validate(license, { fingerprint: "laptop" });

    expect(status).toBe(200);
    expect(body).toMatchObject({ valid: true, reason: null, license: { activationsUsed: 1 } });
    expect((await verify(license, body.offline)).payload.fingerprint).toBe("laptop");
  });

  test("given a machine that is not activated, when it asks, then it is told whether there is a place", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });

    expect((await validate(license, { fingerprint: "laptop" })).body).toMatchObject({
      valid: false,
      reason: "not_activated",
    });
    await activate(license, "desktop");
    expect((await validate(license, { fingerprint: "laptop" })).body).toMatchObject({
      valid: false,
      reason: "limit_reached",
      offline: null,
    });
  });

  test("given no fingerprint, when a back end asks, then only the license counts", async () => {
    const license = await createLicense();

    expect((await validate(license)).body).toMatchObject({ valid: true, reason: null, offline: null });
  });

  test.each<[string, Parameters<typeof createLicense>[0], object]>([
    ["revoked", { key: { state: "revoked" } }, {}],
    ["revoked", { grant: { state: "revoked" } }, {}],
    ["disabled", { key: { state: "disabled" } }, {}],
    ["held", { grant: { state: "held" } }, {}],
    ["expired", { grant: { expiresAt: new Date("2020-01-01T00:00:00Z") } }, {}],
    ["wrong_product", {}, { product: "OTHER-SKU" }],
  ])("given a license that is %s, when software asks, then that is the answer", async (reason, options, more) => {
    const license = await createLicense(options);

    const { status, body } = await validate(license, { fingerprint: "laptop", ...more });

    expect(status).toBe(200);
    expect(body).toMatchObject({ valid: false, reason, license: { keyEnd: license.text.slice(-4) } });
  });

  test("given a license that is revoked after it was activated, when software asks, then it is revoked and gets none to keep", async () => {
    const license = await createLicense();
    await activate(license, "laptop");
    await db.poolKey.update({ where: { id: license.keyId }, data: { state: "revoked" } });

    expect((await validate(license, { fingerprint: "laptop" })).body).toMatchObject({
      valid: false,
      reason: "revoked",
      offline: null,
    });
  });

  test.each([
    ["suspended", { suspendedAt: new Date() }],
    ["blocked", { blockedAt: new Date() }],
  ])("given a machine that is %s, when it asks, then that is the answer", async (reason, column) => {
    const license = await createLicense();
    const { shopId, keyId } = license;
    await db.activation.create({ data: { shopId, keyId, fingerprint: "laptop", ...column } });

    expect((await validate(license, { fingerprint: "laptop" })).body).toMatchObject({ valid: false, reason });
  });

  test("given its product's id, when software says what it is, then it is valid", async () => {
    const license = await createLicense();
    const line = await db.orderLine.findFirstOrThrow({ where: { grants: { some: { id: license.grant?.id } } } });

    expect((await validate(license, { product: line.productId })).body.valid).toBe(true);
    expect((await validate(license, { product: line.variantId?.split("/").at(-1) })).body.valid).toBe(true);
  });

  test("given a key that is still to be sold, when somebody asks, then it is unknown", async () => {
    const shop = await createShop();
    await createPool({ shopId: shop.id, keys: ["UNSOLD-KEY"] });

    const { body } = await call("/api/licenses/validate", { shop: shop.domain, key: "UNSOLD-KEY" });

    expect(body).toEqual({ valid: false, reason: "unknown_key", license: null, offline: null });
  });

  test("given a license of one shop, when it is asked for at another, then it is unknown", async () => {
    const license = await createLicense();
    const other = await createShop();

    expect((await validate({ ...license, shop: other })).body.reason).toBe("unknown_key");
  });
});

describe("the signing key", () => {
  test("given a shop whose machines activate for the first time at once, when they do, then one key signs for all", async () => {
    const licenses = await createLicense();
    await openConnections(16);

    await Promise.all(Array.from({ length: 16 }, (_, index) => activate(licenses, `machine-${index}`)));

    expect(await db.signingKey.count({ where: { shopId: licenses.shopId } })).toBe(1);
  });

  test("given a replaced key, when old and new licenses are checked, then both hold, and the new key signs", async () => {
    const license = await createLicense();
    const before = await activate(license, "laptop");
    await replaceSigningKey({ shopId: license.shopId, isOldTrusted: true, actor: "person:1", now: new Date() });

    const after = await activate(license, "laptop");

    expect(decodeProtectedHeader(after.body.offline).kid).not.toBe(decodeProtectedHeader(before.body.offline).kid);
    await verify(license, before.body.offline);
    await verify(license, after.body.offline);
  });

  test("given a stolen key, when it is replaced, then what it signed is trusted no more", async () => {
    const license = await createLicense();
    const before = await activate(license, "laptop");

    await replaceSigningKey({ shopId: license.shopId, isOldTrusted: false, actor: "person:1", now: new Date() });

    await expect(verify(license, before.body.offline)).rejects.toThrow("no applicable key");
  });

  test("given a key replaced longer ago than the days of grace, when the keys are listed, then it is not among them", async () => {
    const license = await createLicense();
    await activate(license, "laptop");
    const long = new Date(Date.now() - 15 * DAY_SECONDS * 1000);
    await replaceSigningKey({ shopId: license.shopId, isOldTrusted: true, actor: "person:1", now: long });

    const { headers, body } = await call(`/api/licenses/jwks?shop=${license.shop.domain}`, null, { method: "GET" });

    expect(body.keys).toHaveLength(1);
    expect(headers.get("Cache-Control")).toBe("public, max-age=300");
  });

  test("given a signing key, when it is stored, then its private half is sealed", async () => {
    const license = await createLicense();
    await activate(license, "laptop");

    const stored = await db.signingKey.findFirstOrThrow({ where: { shopId: license.shopId } });

    expect(Object.keys(stored.publicJwk as object).sort()).toEqual(["crv", "kty", "x"]);
    expect(Buffer.from(stored.ciphertext).toString("latin1")).not.toContain("Ed25519");
  });
});

describe("bad calls", () => {
  const paths = ["/api/licenses/activate", "/api/licenses/deactivate", "/api/licenses/validate"];

  test.each(paths)("given %s, when it is called with a body that is not JSON, then 400", async (path) => {
    for (const raw of ["", "{", "key=ABC", new Uint8Array([0x7b, 0xff, 0x7d])]) {
      expect(await call(path, null, { raw })).toMatchObject({ status: 400, body: { error: { code: "bad_json" } } });
    }
  });

  test.each(paths)("given %s, when fields are missing or wrong, then 422, and the key is not quoted", async (path) => {
    const shop = "shop-1.myshopify.com";
    const key = "SECRET-KEY";
    for (const body of [
      {},
      [],
      null,
      "text",
      { shop, key: 7, fingerprint: "a" },
      { shop: "shop.example.com", key, fingerprint: "a" },
      { shop, key: "", fingerprint: "a" },
      { shop, key: key.repeat(101), fingerprint: "a" },
      { shop, key, fingerprint: "" },
      { shop, key, fingerprint: "a".repeat(256) },
      { shop, key, fingerprint: "nul\0" },
      { shop, key, fingerprint: "half\ud800" },
      { shop, key, fingerprint: { $ne: null } },
    ]) {
      const answer = await call(path, body);
      expect(answer).toMatchObject({ status: 422, body: { error: { code: "bad_request" } } });
      expect(answer.body.error.message).not.toContain("SECRET");
    }
  });

  test.each(paths)(
    "given %s, when it is called with anything at all, then the answer is a documented one",
    async (path) => {
      const { shop } = await createLicense();
      const field = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.jsonValue());
      const body = fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            shop: fc.oneof(fc.constant(shop.domain), field),
            key: field,
            fingerprint: field,
            name: field,
            product: field,
          },
          { requiredKeys: [] },
        ),
      );

      await fc.assert(
        fc.asyncProperty(body, async (asked) => {
          expect([200, 400, 404, 413, 422]).toContain((await call(path, asked)).status);
        }),
        { numRuns: 60 },
      );
    },
  );

  test.each(paths)(
    "given %s, when the body is larger than 16 KB, then 413, and no other call comes on its connection",
    async (path) => {
      const { status, headers } = await call(path, { key: "x".repeat(17_000) });

      expect(status).toBe(413);
      expect(headers.get("Connection")).toBe("close");
    },
  );

  test.each([
    ["half a megabyte", 32, 32],
    ["a body without end", Infinity, 65],
  ])(
    "given %s, when it is too large, then it is passed over as far as makes sense, and 413",
    async (_, parts, read) => {
      let sent = 0;
      const body = new ReadableStream({
        pull(controller) {
          if (sent === parts) return controller.close();
          sent++;
          controller.enqueue(new Uint8Array(16 * 1024));
        },
      });
      const headers = { "X-Forwarded-For": newAddress() };
      const request = new Request(`${server.url}/api/licenses/validate`, {
        method: "POST",
        headers,
        body,
        duplex: "half",
      });

      const answer = await validateRoute.action({ request, params: {}, context: {} });

      expect(answer.status).toBe(413);
      expect(sent).toBeGreaterThanOrEqual(read);
      expect(sent).toBeLessThan(read + 5);
    },
  );

  test.each(["GET", "PUT", "DELETE", "PATCH"])("given %s, when activate is called by it, then 405", async (method) => {
    const answer = await fetch(`${server.url}/api/licenses/activate`, {
      method,
      headers: { "X-Forwarded-For": newAddress() },
    });

    expect(answer.status).toBe(405);
    expect(answer.headers.get("Allow")).toBe("POST, OPTIONS");
    expect((await answer.json()).error.code).toBe("method_not_allowed");
  });

  test.each(paths)("given %s, when a browser asks first, then any origin may call it", async (path) => {
    const answer = await fetch(server.url + path, { method: "OPTIONS", headers: { Origin: "https://synth.example" } });

    expect(answer.status).toBe(204);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(answer.headers.get("Access-Control-Allow-Credentials")).toBeNull();
  });

  test.each([...paths, "/api/licenses/jwks"])(
    "given a shop that does not use the app, when %s is called, then 404",
    async (path) => {
      const gone = await createShop({ uninstalledAt: new Date() });

      for (const shop of ["nobody.myshopify.com", gone.domain]) {
        const answer = path.endsWith("jwks")
          ? await call(`${path}?shop=${shop}`, null, { method: "GET" })
          : await call(path, { shop, key: "K", fingerprint: "a" });
        expect(answer).toMatchObject({ status: 404, body: { error: { code: "unknown_shop" } } });
      }
    },
  );

  test("given a database that fails, when a call breaks, then it says so without the key, here and in the log", async () => {
    const license = await createLicense({ text: "SECRET-IN-NO-LOG" });
    await activate(license, "laptop");
    await db.$executeRaw`ALTER TABLE "Activation" RENAME TO "Away"`;
    let printed = "";
    const original = console.error;
    console.error = (...args: unknown[]) => {
      printed += args
        .map((arg) => (arg instanceof Error ? `${arg.stack} ${JSON.stringify(arg)}` : String(arg)))
        .join(" ");
      original("broken on purpose");
    };
    expectNoise(/broken on purpose/);
    try {
      const answer = await activate(license, "laptop");

      expect(answer).toMatchObject({ status: 500, body: { error: { code: "unavailable" } } });
      expect(JSON.stringify(answer.body) + printed).not.toContain("SECRET");
      expect(printed).not.toBe("");
    } finally {
      console.error = original;
      await db.$executeRaw`ALTER TABLE "Away" RENAME TO "Activation"`;
    }
  });
});

describe("throttling", () => {
  test("given one address, when it calls more than 300 times a minute, then 429 says when to try again", async () => {
    const license = await createLicense();
    const address = newAddress();
    await db.rateLimit.create({
      data: { key: `address:${address}`, points: 300, expire: BigInt(Date.now() + 42_000) },
    }); // counted by another process

    const answer = await validate(license, {}, { address });

    expect(answer).toMatchObject({ status: 429, body: { error: { code: "throttled" } } });
    const seconds = Number(answer.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(42);
    expect((await validate(license)).status).toBe(200);
  });

  test("given one address, when it calls 320 times at once, then 300 are answered", async () => {
    const licenses = await Promise.all(Array.from({ length: 8 }, () => createLicense()));
    const address = newAddress();

    const answers = await Promise.all(
      Array.from({ length: 320 }, (_, index) => validate(licenses[index % 8] as License, {}, { address })),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(300);
  });

  test("given one key, when it is asked for more than 60 times a minute from anywhere, then 429", async () => {
    const license = await createLicense();

    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, index) => {
        const text = index % 2 ? license.text.toLowerCase() : license.text.replaceAll("-", " - ");
        return validate({ ...license, text });
      }),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const key = await db.rateLimit.findMany({ where: { key: { contains: license.text } } });
    expect(key).toEqual([]);
  });

  test("given a key that a rule made, when it is asked for with look-alike letters too, then all count as that key", async () => {
    const rule = {
      characters: "0123456789ABCDEF",
      blocks: 3,
      blockLength: 4,
      separator: "-",
      prefix: "",
      suffix: "",
      hasCheck: false,
    };
    const license = await createLicense({ text: "1001-1001-1001", pool: { rule } });
    const spelled = ["1001-1001-1001", "l00l-1001-1001", "1OO1-1001-1001", "IOOI I00I 1oo1"];

    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, index) => validate({ ...license, text: spelled[index % 4] ?? "" })),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
  });

  test("given an address that guesses keys, when it has tried ten, then it may ask nothing, and the merchant sees it", async () => {
    const license = await createLicense();
    const address = newAddress();
    for (let guess = 0; guess < 10; guess++) {
      const answer = await validate({ ...license, text: `GUESS-${guess}` }, {}, { address });
      expect(answer.body.reason).toBe("unknown_key");
    }

    const answer = await validate(license, {}, { address });

    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(500);
    expect(await db.guess.findMany({ where: { shopId: license.shopId }, select: { ip: true, count: true } })).toEqual([
      { ip: address, count: 10 },
    ]);
    expect((await validate(license)).status).toBe(200);
  });
});
