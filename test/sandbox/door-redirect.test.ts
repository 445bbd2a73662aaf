import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const redirect = new URL("../../sandbox/redirect-shopify.mjs", import.meta.url).href;
const heard: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];

const store = createServer((request, response) => {
  void text(request).then((body) => {
    heard.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    if (request.url === "/slow") return;
    response.end("from the store");
  });
});
beforeAll(async () => {
  store.listen(0, "127.0.0.1");
  await once(store, "listening");
});
afterAll(() => {
  store.closeAllConnections();
  store.close();
});

test("given a call to a shop, when the app makes it, then the stand-in store gets it whole", async () => {
  const said = await run(`
    const answer = await fetch("https://a.myshopify.com/admin/api/2026-07/graphql.json?x=1", {
      method: "POST", headers: { "x-shopify-access-token": "shpat" }, body: JSON.stringify({ query: "{ shop { name } }" }),
    });
    console.log(answer.status, await answer.text());`);

  expect(said).toBe("200 from the store");
  expect(heard.at(-1)).toMatchObject({
    method: "POST",
    url: "/admin/api/2026-07/graphql.json?x=1",
    headers: { "x-sandbox-shop": "a.myshopify.com", "x-shopify-access-token": "shpat" },
    body: '{"query":"{ shop { name } }"}',
  });
});

test("given a Request object, when the app sends it to a shop, then its method and body go along", async () => {
  await run(
    `await fetch(new Request("https://b.myshopify.com/admin/oauth/access_token", { method: "POST", body: "grant" }));`,
  );

  expect(heard.at(-1)).toMatchObject({ method: "POST", url: "/admin/oauth/access_token", body: "grant" });
});

test("given a call that is given up, when the store has not answered, then it ends", async () => {
  const said = await run(`
    await fetch("https://a.myshopify.com/slow", { signal: AbortSignal.timeout(50) }).catch((error) => console.log(error.name));`);

  expect(said).toBe("TimeoutError");
});

test("given a call to anywhere else, when the app makes it, then it fails at once and says why", async () => {
  const said = await run(`
    await fetch("https://example.com/track?secret=1").catch((error) => console.log(error.message));`);

  expect(said).toBe("The sandbox lets nothing leave this machine, so this call was refused: https://example.com/track");
});

test("given a call to this machine, when the app makes it, then it passes as it is", async () => {
  const said = await run(`console.log(await (await fetch("${storeUrl()}/own")).text());`);

  expect(said).toBe("from the store");
  expect(heard.at(-1)?.headers).not.toHaveProperty("x-sandbox-shop");
});

async function run(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", redirect, "--input-type=module", "-e", program],
    { env: { ...process.env, SANDBOX_SHOPIFY_URL: storeUrl() } },
  );
  return stdout.trim();
}

function storeUrl() {
  return `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
}
