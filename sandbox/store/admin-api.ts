import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { runGraphql } from "./admin-graphql.ts";
import { exchangeToken } from "./admin-oauth.ts";
import type { AdminReply, AdminRequest } from "./admin-request.ts";
import type { CostBucket } from "./query-cost.ts";
import { readBody } from "./read-body.ts";
import type { Store } from "./store.ts";

const keptRequests = 5_000;
const bodyLimitBytes = 1024 * 1024;

/**
 * Plays `https://{shop}` for the app: token exchange and the Admin GraphQL API.
 *
 * The shop's domain comes in the header `x-sandbox-shop`.
 */
export function createAdminApi(store: Store) {
  const requests: AdminRequest[] = [];
  const buckets = new Map<string, CostBucket>();

  async function answer(request: IncomingMessage): Promise<AdminReply> {
    const shop = store.findShop(String(request.headers["x-sandbox-shop"] ?? ""));
    const path = new URL(request.url ?? "/", "http://shop").pathname;
    const text = await readBody(request, bodyLimitBytes);
    if (!shop) return { status: 404, body: { errors: "Not Found" } };
    if (text === null) return { status: 413, body: { errors: "Payload Too Large" } };

    const fault = store.faults().admin;
    if (fault && Math.random() < fault.rate) return faultReply(fault.status);

    if (path === "/admin/oauth/access_token") {
      if (request.method !== "POST") return { status: 404, body: { errors: "Not Found" } };
      return exchangeToken(text, request.headers["content-type"] ?? "", shop, store);
    }
    const version = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(path)?.[1];
    if (!version || request.method !== "POST") return { status: 404, body: { errors: "Not Found" } };
    if (version !== store.app.apiVersion) {
      return {
        status: 404,
        body: { errors: `The sandbox plays API version ${store.app.apiVersion} only, not ${version}.` },
      };
    }
    const token = String(request.headers["x-shopify-access-token"] ?? "");
    if (!shop.installedAt || !store.accessTokens.isGood(token, shop.domain)) {
      return {
        status: 401,
        body: { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" },
      };
    }
    const { reply, entry } = await runGraphql(text, shop, store, buckets);
    requests.push(entry);
    if (requests.length > keptRequests) requests.shift();
    return reply;
  }

  return {
    /** oldest first */
    requests: (): AdminRequest[] => requests,

    /** Answers always; never rejects. */
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const { status, body, headers } = await answer(request).catch((error: unknown): AdminReply => {
        console.error(error);
        return { status: 500, body: { errors: "Internal Server Error" } };
      });
      response.writeHead(status, {
        "Content-Type": "application/json; charset=utf-8",
        "X-Request-Id": randomUUID(),
        "X-Shopify-API-Version": store.app.apiVersion,
        ...headers,
      });
      response.end(JSON.stringify(body));
    },
  };
}

function faultReply(status: number): AdminReply {
  const headers: Record<string, string> = status === 429 ? { "Retry-After": "2.0" } : {};
  return {
    status,
    body: { errors: status === 429 ? "Exceeded 2 calls per second for api client." : "Internal Server Error" },
    headers,
  };
}
