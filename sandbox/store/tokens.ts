import { randomUUID } from "node:crypto";
import { signToken, verifiedClaims } from "./hmac.ts";
import { digitsOf, gid } from "./identifiers.ts";
import { refuse } from "./refusal.ts";

export type TokenRequest = {
  kind: "admin" | "customer";
  shop?: string;
  /** gid or digits; absent: nobody is signed in */
  customerId?: string | number | null;
  /** put over the usual claims; null takes one out */
  claims?: Record<string, unknown>;
};

/** The staff member who has the app open. */
export const staffMember = {
  id: 6100000000042,
  firstName: "Robin",
  lastName: "Finch",
  email: "robin@featherpost.example",
};

const clockToleranceSeconds = 10;

/** A session token of the admin (an id token, a minute long) or of checkout and customer account (five minutes). */
export function mintToken(request: TokenRequest, shop: string, apiKey: string, apiSecret: string): string {
  const now = Math.floor(Date.now() / 1000);
  const usual = {
    aud: apiKey,
    nbf: now - 5,
    iat: now - 5,
    jti: randomUUID(),
    ...(request.kind === "admin"
      ? {
          iss: `https://${shop}/admin`,
          dest: `https://${shop}`,
          sub: String(staffMember.id),
          exp: now + 60,
          sid: randomUUID(),
        }
      : {
          iss: `https://${shop}`,
          dest: shop,
          exp: now + 300,
          ...(request.customerId !== undefined &&
            request.customerId !== null && { sub: customerGid(request.customerId) }),
        }),
  };
  const claims = Object.entries({ ...usual, ...request.claims }).filter(([, value]) => value !== null);
  return signToken(Object.fromEntries(claims), apiSecret);
}

/** @returns why Shopify refuses to exchange this id token; null when it does not. */
export function idTokenProblem(token: string, shop: string, apiKey: string, apiSecret: string): string | null {
  const claims = verifiedClaims(token, apiSecret);
  if (!claims) return "The subject token is no JWT signed with the app's secret.";

  const now = Date.now() / 1000;
  if (claims.aud !== apiKey) return "The subject token is for another app.";
  if (claims.dest !== `https://${shop}` || claims.iss !== `https://${shop}/admin`)
    return "The subject token is for another shop.";
  if (typeof claims.exp !== "number" || claims.exp + clockToleranceSeconds < now)
    return "The subject token has expired.";
  if (typeof claims.nbf === "number" && claims.nbf - clockToleranceSeconds > now)
    return "The subject token is not valid yet.";
  return null;
}

function customerGid(id: string | number): string {
  const digits = digitsOf(id) ?? refuse(422, "bad_customer", `"${id}" is no customer's id.`);
  return gid("Customer", digits);
}
