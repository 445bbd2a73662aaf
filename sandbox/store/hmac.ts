import { createHmac, timingSafeEqual } from "node:crypto";

/** What `X-Shopify-Hmac-Sha256` says of a body. */
export function webhookSignature(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

/** The `signature` of a request that Shopify passes on to an app: hex, over the sorted query. */
export function proxySignature(query: URLSearchParams, secret: string): string {
  const names = [...new Set(query.keys())].sort();
  const signed = names.map((name) => `${name}=${query.getAll(name).join(",")}`).join("");
  return createHmac("sha256", secret).update(signed).digest("hex");
}

/** A JWT signed HS256, as Shopify signs session and id tokens. */
export function signToken(claims: Record<string, unknown>, secret: string): string {
  const head = encode({ alg: "HS256", typ: "JWT" });
  const body = encode(claims);
  return `${head}.${body}.${createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url")}`;
}

/** @returns the claims; null when the token is no JWT, is not HS256 or its signature is wrong. Checks no time. */
export function verifiedClaims(token: string, secret: string): Record<string, unknown> | null {
  const [head, body, signature, ...rest] = token.split(".");
  if (!head || !body || !signature || rest.length > 0) return null;

  const right = createHmac("sha256", secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  if (decode(head)?.alg !== "HS256") return null;
  return decode(body);
}

function encode(value: object) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
