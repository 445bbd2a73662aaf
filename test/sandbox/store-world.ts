import { mkdtemp, rm, writeFile } from "node:fs/promises";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { createAdminApi } from "../../sandbox/store/admin-api.ts";
import { createControl } from "../../sandbox/store/control.ts";
import { createStore, type Store, type StoreOptions } from "../../sandbox/store/store.ts";

export type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

export type Called = { status: number; headers: Headers; body: unknown };

/** What stands at a place of an answer, such as `order.lines.0.id`. */
export function at(body: unknown, place: string): unknown {
  return place.split(".").reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], body);
}

export type World = Awaited<ReturnType<typeof startWorld>>;

const toml = (topics: string[], scopes: string) => `
client_id = "0"
name = "Featherpost"
application_url = "https://app.example.com"
[access_scopes]
scopes = "${scopes}"
[webhooks]
api_version = "2026-07"
  [[webhooks.subscriptions]]
  topics = ${JSON.stringify(topics)}
  uri = "/webhooks/orders"
  [[webhooks.subscriptions]]
  topics = ["app/uninstalled", "app/scopes_update"]
  uri = "/webhooks/app"
  [[webhooks.subscriptions]]
  compliance_topics = ["customers/data_request", "customers/redact", "shop/redact"]
  uri = "https://app.example.com/webhooks/compliance"
`;

export const apiKey = "test-key";
export const apiSecret = "test-secret";
export const demoShop = "featherpost-demo.myshopify.com";

/** A store, an app that receives its webhooks, and the server that takes control and Admin API calls. */
export async function startWorld(
  options: { topics?: string[]; scopes?: string; dir?: string; install?: boolean } & Partial<StoreOptions> = {},
) {
  const { topics = ["orders/create", "orders/paid", "orders/updated", "orders/cancelled", "refunds/create"] } = options;
  const dir = options.dir ?? (await temporaryDir());
  const tomlPath = path.join(dir, "shopify.app.toml");
  await writeFile(tomlPath, toml(topics, options.scopes ?? "read_customers,read_orders,read_products"));

  const received: Received[] = [];
  const app = { answer: (_request: Received, response: ServerResponse): void => void response.end() };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      if (request.method === "POST") received.push(one);
      if (request.method === "POST") app.answer(one, response);
      else response.end("<html></html>");
    });
  });
  const appUrl = await listen(server);
  const store: Store = await createStore({ dir, tomlPath, appUrl, apiKey, apiSecret, fast: true, ...options });
  const adminApi = createAdminApi(store);
  const inbox: unknown[] = [];
  const control = createControl({
    store,
    mailbox: { messages: (to) => inbox.filter((message) => !to || JSON.stringify(message).includes(to)) },
    adminRequests: adminApi.requests,
  });
  const home = createServer((request, response) => {
    void (request.url?.startsWith("/control") ? control(request, response) : adminApi.handle(request, response));
  });
  const homeUrl = await listen(home);
  if (options.install !== false) await store.openApp();

  const call = async (
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Called> => {
    const answer = await fetch(homeUrl + url, {
      method,
      headers: { "content-type": "application/json", "x-sandbox-shop": demoShop, ...headers },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown };
  };
  const stop = async () => {
    await store.stop();
    for (const one of [server, home]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
  };
  onTestFinished(stop);

  return {
    store,
    dir,
    app,
    appUrl,
    homeUrl,
    /** The Admin API calls so far, oldest first. */
    adminRequests: adminApi.requests,
    received,
    inbox,
    stop,
    get: (url: string) => call("GET", url),
    del: (url: string) => call("DELETE", url),
    post: (url: string, body?: unknown, headers?: Record<string, string>) => call("POST", url, body, headers),
    /** The variant of a demo product, by its sku. */
    variantOf(sku: string) {
      const variant = store
        .products()
        .flatMap((product) => product.variants)
        .find((candidate) => candidate.sku === sku);
      if (!variant) throw new Error(`no variant ${sku}`);
      return variant;
    },
    topics: () => received.map(({ headers }) => headers["x-shopify-topic"]),
  };
}

/** An access token for the demo shop, got as the app gets it. */
async function offlineToken({ post, store }: World): Promise<string> {
  const { body } = await exchange({ post, store });
  return String(at(body, "access_token"));
}

export function exchange({ post, store }: Pick<World, "post" | "store">, changes: Record<string, string> = {}) {
  return post("/admin/oauth/access_token", {
    client_id: apiKey,
    client_secret: apiSecret,
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: store.mintToken({ kind: "admin" }),
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    expiring: "1",
    ...changes,
  });
}

/** Calls back with what the Admin API answers to a query. */
export async function adminClient(world: World) {
  const token = await offlineToken(world);
  return (query: string, variables: Record<string, unknown> = {}) =>
    world.post("/admin/api/2026-07/graphql.json", { query, variables }, { "x-shopify-access-token": token });
}

export async function temporaryDir() {
  const dir = await mkdtemp(path.join(tmpdir(), "store-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export async function eventually(check: () => boolean, withinMs = 5_000) {
  const end = Date.now() + withinMs;
  while (!check()) {
    if (Date.now() > end) throw new Error("it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
