import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { licenseClient, type Kept } from "../example-client/license-client";
import { launchChromium } from "./chromium";
import { look } from "./look";
import { startSandbox, type RunningSandbox } from "./sandbox";

type Operation = { responses: Record<string, { content: Record<string, { schema: object }> }> };
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> };

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let document: Document;
let ajv: Ajv2020;
let key = "";

beforeAll(async () => {
  sandbox = await startSandbox();
  browser = await launchChromium();
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.setDefaultTimeout(30_000);
  document = await (await fetch(`${sandbox.urls.app}/api/openapi.json`)).json();
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(document, "served");
  key = await buyKey();
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/** Buys one Synth Pro and reads its key as the customer's page does. */
async function buyKey(): Promise<string> {
  const { control, app } = sandbox.urls;
  const state = await (await fetch(`${control}/state`)).json();
  const synth = state.products.find(({ title }: { title: string }) => title === "Synth Pro");
  const order = await post(`${control}/orders`, {
    email: "ada@example.com",
    financialStatus: "paid",
    lines: [{ variantId: synth.variants[0].id, quantity: 1 }],
  });
  const { id, checkoutToken, customerId } = (order.body as { order: Record<string, string> }).order;
  const { token } = (await post(`${control}/tokens`, { kind: "customer", customerId })).body as { token: string };
  const query = new URLSearchParams({ order: id ?? "", checkout: checkoutToken ?? "" });
  const deliveries = await fetch(`${app}/customer/deliveries?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}`, "User-Agent": "Mozilla/5.0 Chrome/153" },
  });
  const { grants } = await deliveries.json();
  return grants.find(({ kind }: { kind: string }) => kind === "key").key;
}

async function post(url: string, body: unknown) {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

/** Calls the API; the answer must be what the document that is served says of it. */
async function call(path: string, body: object, method = "POST") {
  const answer = await fetch(sandbox.urls.app + path, {
    method,
    body: method === "GET" ? undefined : JSON.stringify({ shop: sandbox.shop, ...body }),
  });
  const said = await answer.json();
  const [plain = ""] = path.split("?");
  const responses = document.paths[plain]?.[plain.endsWith("jwks") ? "get" : "post"]?.responses ?? {};
  expect(Object.keys(responses), `${path} answers ${answer.status}`).toContain(String(answer.status));
  const at = `paths/${plain.replaceAll("/", "~1")}/${plain.endsWith("jwks") ? "get" : "post"}`;
  const check = ajv.compile({ $ref: `served#/${at}/responses/${answer.status}/content/application~1json/schema` });
  expect(check(said) ? [] : check.errors, path).toEqual([]);
  return { status: answer.status, body: said };
}

const clientOf = (fingerprint: string) => licenseClient({ appUrl: sandbox.urls.app, shop: sandbox.shop, fingerprint });

describe("licensing, against the running app", () => {
  test("given the served document, when it is validated, then it is OpenAPI 3.1", async () => {
    const result = await new Validator().validate(structuredClone(document));

    expect(result.errors ?? []).toEqual([]);
    expect(document.openapi).toBe("3.1.0");
  });

  test("given a key for three machines, when four activate by the example client, then the fourth is refused until one is free", async () => {
    const kept: Kept[] = [];
    for (const machine of ["first", "second", "third"]) kept.push(await clientOf(machine).activate(key, machine));

    await expect(clientOf("fourth").activate(key)).rejects.toThrow("Every place of this license is taken");
    if (kept[0]) await clientOf("first").deactivate(kept[0]);
    const fourth = await clientOf("fourth").activate(` ${key.toLowerCase()} `);

    expect(await clientOf("fourth").check(fourth)).toMatchObject({ product: "Synth Pro", fingerprint: "fourth" });
  });

  test("given every licensing call, when it is answered well and refused, then it is as documented", async () => {
    const fingerprint = "fifth";
    const answers = [
      await call("/api/licenses/validate", { key, fingerprint: "second" }),
      await call("/api/licenses/validate", { key, fingerprint }),
      await call("/api/licenses/validate", { key: "NOT-A-KEY" }),
      await call("/api/licenses/activate", { key, fingerprint }),
      await call("/api/licenses/activate", { key: "NOT-A-KEY", fingerprint }),
      await call("/api/licenses/activate", { fingerprint }),
      await call("/api/licenses/activate", { key: "x".repeat(20_000), fingerprint }),
      await call("/api/licenses/activate", {}, "PUT"),
      await call("/api/licenses/deactivate", { key, fingerprint }),
      await call("/api/licenses/deactivate", { key, fingerprint: "second" }),
      await call("/api/licenses/deactivate", { shop: "nobody.myshopify.com", key, fingerprint }),
      await call(`/api/licenses/jwks?shop=${sandbox.shop}`, {}, "GET"),
      await call("/api/licenses/jwks", {}, "GET"),
    ];

    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 409, 404, 422, 413, 405, 404, 200, 404, 200, 422,
    ]);
    expect(answers[0]?.body).toMatchObject({ valid: true });
    expect(answers[1]?.body).toMatchObject({ valid: false, reason: "limit_reached" });
  });

  test.each(["GET", "PUT", "PATCH", "DELETE"])(
    "given %s, when activate is called by it, then 405 in the API's words",
    async (method) => {
      const answer = await fetch(`${sandbox.urls.app}/api/licenses/activate`, { method });

      expect(answer.status).toBe(405);
      expect(await answer.json()).toMatchObject({ error: { code: "method_not_allowed" } });
    },
  );

  test("given a browser elsewhere, when it asks before it calls, then it may", async () => {
    const answer = await fetch(`${sandbox.urls.app}/api/licenses/validate`, {
      method: "OPTIONS",
      headers: { Origin: "https://synth.example", "Access-Control-Request-Method": "POST" },
    });

    expect(answer.status).toBe(204);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  test("given a call that there is not, when it is called, then the answer is the API's, not a page", async () => {
    const answer = await fetch(`${sandbox.urls.app}/api/nothing`, { method: "POST" });

    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: "unknown_call" } });
  });

  test("given somebody who guesses, when the merchant looks, then the address is there, and the signing key can be replaced", async () => {
    for (let guess = 0; guess < 12; guess++) {
      await fetch(`${sandbox.urls.app}/api/licenses/validate`, {
        method: "POST",
        headers: { "X-Forwarded-For": "203.0.113.9" },
        body: JSON.stringify({ shop: sandbox.shop, key: `GUESS-${guess}` }),
      });
    }
    await page.goto(`${sandbox.urls.admin}/apps/featherpost/app/licenses/calls`);
    const app = page.frameLocator("iframe");
    await app.getByText("in a row").first().waitFor();
    await look(page, "admin-licensing");

    await app.getByRole("button", { name: "Replace signing key" }).click();
    await app.getByText("When the key was stolen").waitFor();
    await look(page, "admin-licensing-replace");
    await app.getByRole("button", { name: "Replace key" }).click();

    await app.getByText("was replaced; what it signed is good until").waitFor();
  });
});
