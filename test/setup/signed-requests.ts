import { createHmac, randomUUID } from "node:crypto";

const SECRET = "test-api-secret";
const API_KEY = "test-api-key";

type WebhookOptions = { shop: string; topic: string; body: unknown; headers?: Record<string, string | null> };

/** A delivery as Shopify sends it; a header of null is left out. A string body goes out as it is. */
export function webhookRequest({ shop, topic, body, headers = {} }: WebhookOptions): Request {
  const bytes = typeof body === "string" ? body : JSON.stringify(body);
  const all: Record<string, string | null> = {
    "Content-Type": "application/json",
    "X-Shopify-Topic": topic,
    "X-Shopify-Hmac-Sha256": createHmac("sha256", SECRET).update(bytes).digest("base64"),
    "X-Shopify-Shop-Domain": shop,
    "X-Shopify-API-Version": "2026-07",
    "X-Shopify-Webhook-Id": randomUUID(),
    "X-Shopify-Event-Id": randomUUID(),
    "X-Shopify-Triggered-At": new Date().toISOString(),
    ...headers,
  };
  const present = Object.entries(all).filter((header): header is [string, string] => header[1] !== null);
  return new Request("https://app.example.com/webhooks", { method: "POST", body: bytes, headers: present });
}

/** A session token as Shopify signs it for an extension. `claims` override; `secret` forges. */
export function sessionToken(shop: string, claims: Record<string, unknown> = {}, secret = SECRET): string {
  const now = Math.floor(Date.now() / 1000);
  const body = {
    iss: `https://${shop}`,
    dest: shop,
    aud: API_KEY,
    exp: now + 300,
    nbf: now,
    iat: now,
    jti: randomUUID(),
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "HS256", typ: "JWT" })}.${part({ ...body, ...claims })}`;
  return `${unsigned}.${createHmac("sha256", secret).update(unsigned).digest("base64url")}`;
}

/** A thrown Response is an answer like any other. */
export async function answerOf(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response) return error;
    throw error;
  }
}
