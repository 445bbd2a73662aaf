import { z } from "zod";
import { findShop } from "~/domain/shop/find-shop.server";
import { env } from "~/env.server";
import { decodeSessionToken } from "~/shopify.server";
import { corsError } from "./cors";

const Claims = z.object({
  /** The shop, with or without https:// */
  dest: z.string(),
  aud: z.string(),
  exp: z.number(),
  /** gid of the signed-in customer; absent for a guest. */
  sub: z.string().optional(),
});

export type Viewer = {
  shopId: string;
  /** gid://shopify/Customer/…; null unless signed in. */
  customerId: string | null;
};

/**
 * Who calls from an extension, by the session token Shopify signed for it.
 *
 * @throws a Response, JSON with CORS headers: 401 when the token is missing, forged, expired or made for
 *   another app; 403 when its shop has not installed the app.
 */
export async function requireCustomer(request: Request): Promise<Viewer> {
  const [scheme, token] = (request.headers.get("Authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) {
    throw corsError(401, "missing_token", "This request carries no session token.");
  }
  const claims = await claimsOf(token);
  if (!claims) throw corsError(401, "invalid_token", "The session token is not valid or has expired. Reload the page.");
  if (claims.aud !== env.SHOPIFY_API_KEY) {
    throw corsError(401, "wrong_audience", "The session token was made for another app.");
  }
  const shop = await findShop(claims.dest.replace(/^https:\/\//, ""));
  if (!shop || shop.uninstalledAt) throw corsError(403, "unknown_shop", "This shop does not use the app.");

  const isCustomer = claims.sub?.startsWith("gid://shopify/Customer/");
  return { shopId: shop.id, customerId: isCustomer ? (claims.sub ?? null) : null };
}

async function claimsOf(token: string) {
  try {
    const claims = await decodeSessionToken(token, { checkAudience: false });
    return Claims.safeParse(claims).data ?? null;
  } catch {
    return null; // the library's message holds the token: it goes nowhere
  }
}
