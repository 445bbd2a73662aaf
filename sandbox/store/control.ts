import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { AdminRequest } from "./admin-request.ts";
import { inputs } from "./control-input.ts";
import { orderAnswer, productAnswer, stateAnswer } from "./control-answers.ts";
import { readBody } from "./read-body.ts";
import { refuse, StoreRefusal } from "./refusal.ts";
import type { OrderOutcome, Store } from "./store.ts";

const bodyLimitBytes = 64 * 1024 * 1024;

export type ControlOptions = {
  store: Store;
  mailbox: { messages(to?: string): unknown };
  /** the GraphQL operations the app sent */
  adminRequests: () => AdminRequest[];
};

/**
 * Takes the control calls, below `/control` or at the root. Always answers, in JSON; a refusal is
 * `{"error":{"code","message"}}` with 400, 404, 409, 413, 422 or 502.
 */
export function createControl(options: ControlOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(request, options).catch(refusalOf);
    const text = JSON.stringify(body);
    response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
    response.end(text);
  };
}

type Answer = { status: number; body: unknown };
type Call = { store: Store; params: string[]; query: URLSearchParams; read: Read } & Omit<ControlOptions, "store">;
type Read = <Schema extends z.ZodType>(schema: Schema) => Promise<z.infer<Schema>>;

const routes: { method: string; path: RegExp; run: (call: Call) => Promise<unknown> }[] = [
  route("POST", "/products", async ({ store, read }) => {
    const { shop, ...product } = await read(inputs.product);
    const created = store.createProduct(product, shop);
    return { ...productAnswer(created.product), webhooks: await created.webhooks };
  }),
  route("POST", "/orders", async ({ store, read }) => {
    const { shop, ...order } = await read(inputs.order);
    return outcome(store.placeOrder(order, shop));
  }),
  route("POST", "/orders/:/pay", async ({ store, read, params }) => {
    const { amount, shop } = await read(inputs.pay);
    return outcome(store.payOrder(orderId(params), amount, shop));
  }),
  route("POST", "/orders/:/cancel", async ({ store, read, params }) => {
    const { shop } = await read(inputs.cancel);
    return outcome(store.cancelOrder(orderId(params), shop));
  }),
  route("POST", "/orders/:/refund", async ({ store, read, params }) => {
    const { shop, ...what } = await read(inputs.refund);
    return outcome(store.refundOrder(orderId(params), what, shop));
  }),
  route("POST", "/orders/:/edit", async ({ store, read, params }) => {
    const { shop, ...what } = await read(inputs.edit);
    return outcome(store.editOrder(orderId(params), what, shop));
  }),
  route("POST", "/orders/:/risk", async ({ store, read, params }) => {
    const { level, shop } = await read(inputs.risk);
    return outcome(store.setRisk(orderId(params), level, shop));
  }),
  route("POST", "/orders/:/fulfill", async ({ store, read, params }) => {
    const { lines, shop } = await read(inputs.fulfill);
    return outcome(store.fulfillOrder(orderId(params), lines, shop));
  }),
  route("POST", "/variants/:/stock", async ({ store, read, params }) => {
    const { stock, shop } = await read(inputs.stock);
    const { product, variant } = store.setStock(params[0] ?? "", stock, shop);
    return { productId: product.id, variantId: variant.id, stock: variant.stock ?? null };
  }),
  route("POST", "/webhooks", async ({ store, read }) => ({
    deliveries: await store.sendRaw(await read(inputs.webhook)),
  })),
  route("POST", "/webhooks/:/redeliver", async ({ store, read, params }) => {
    await read(inputs.nothing);
    return { deliveries: await store.redeliver(params[0] ?? "") };
  }),
  route("POST", "/faults", async ({ store, read }) => {
    store.setFaults(await read(inputs.faults));
    return { faults: store.faults() };
  }),
  route("DELETE", "/faults", async ({ store }) => {
    store.clearFaults();
    return { faults: store.faults() };
  }),
  route("POST", "/tokens", async ({ store, read }) => ({ token: store.mintToken(await read(inputs.token)) })),
  route("POST", "/shops", async ({ store, read }) => {
    const { domain, ...about } = await read(inputs.shop);
    const { id, name } = await store.openApp(store.createShop(domain.toLowerCase(), about).domain);
    return { shop: { id, domain: domain.toLowerCase(), name } };
  }),
  route("GET", "/state", async ({ store, query }) => stateAnswer(store, query.get("shop") ?? undefined)),
  route("GET", "/inbox", async ({ mailbox, query }) => ({
    messages: await mailbox.messages(query.get("to") ?? undefined),
  })),
  route("GET", "/admin-requests", async ({ adminRequests, query }) => {
    const shop = query.get("shop");
    return { requests: adminRequests().filter((entry) => !shop || entry.shop === shop) };
  }),
];

async function answer(request: IncomingMessage, options: ControlOptions): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://control");
  const path = url.pathname.replace(/^\/control(?=\/|$)/, "").replace(/\/$/, "");
  const matching = routes.filter((candidate) => candidate.path.test(path));
  const found = matching.find((candidate) => candidate.method === request.method);
  if (!found) {
    const methods = matching.map((candidate) => candidate.method).join(", ");
    return matching.length > 0
      ? failure(405, "wrong_method", `${path} takes ${methods}, not ${request.method}.`)
      : failure(404, "unknown_call", `There is no control call ${request.method} ${path || "/"}.`);
  }

  const text = await readBody(request, bodyLimitBytes);
  if (text === null) return failure(413, "too_large", "The body is larger than 64 MB.");
  const read: Read = async (schema) => parse(text, schema);
  const params = (found.path.exec(path)?.slice(1) ?? []).map(decode);
  return { status: 200, body: await found.run({ ...options, params, query: url.searchParams, read }) };
}

function parse<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = text.trim() === "" ? {} : parseExactly(text);
  } catch {
    refuse(400, "bad_json", "The body is not JSON.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "));
  return refuse(422, "bad_input", problems.join("; "));
}

/** Numbers that JavaScript would round, such as 64-bit ids in a webhook's payload, go out digit for digit. */
function parseExactly(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context: { source?: string }) =>
    typeof value === "number" && context.source !== undefined && String(value) !== context.source
      ? rawJson(context.source)
      : value;
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}

const { rawJSON: rawJson } = JSON as unknown as { rawJSON(source: string): unknown };

function route(method: string, path: string, run: (call: Call) => Promise<unknown>) {
  return { method, path: new RegExp(`^${path.replace("/:", "/([^/]+|gid:\\/\\/shopify\\/[A-Za-z]+\\/[^/]+)")}$`), run };
}

async function outcome({ order, webhooks }: OrderOutcome) {
  return { order: orderAnswer(order), webhooks: await webhooks };
}

function orderId(params: string[]): string {
  const id = params[0] ?? "";
  if (id.startsWith("gid:") && !id.startsWith("gid://shopify/Order/"))
    refuse(404, "unknown_order", `"${id}" is no order's id.`);
  return id;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse(400, "bad_address", `"${part}" is not encoded as an address.`);
  }
}

function refusalOf(error: unknown): Answer {
  if (error instanceof StoreRefusal) return failure(error.status, error.code, error.message);
  console.error(error);
  return failure(500, "broken", `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`);
}

function failure(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}
