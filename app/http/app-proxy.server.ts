import { createHmac, timingSafeEqual } from "node:crypto";
import { findShop } from "~/domain/shop/find-shop.server";
import { env } from "~/env.server";

const TOLERANCE_MS = 90_000;

export type ProxyVisitor = {
  shop: NonNullable<Awaited<ReturnType<typeof findShop>>>;
  /** gid://shopify/Customer/…; null unless signed in. */
  customerId: string | null;
  /** Where the shop's visitors see this page: /apps/downloads */
  path: string;
};

/**
 * Who looks at the storefront's page, by the query that Shopify signed when it passed the request on.
 *
 * The library's own check also refreshes the shop's access token, a call to Shopify that this page needs not
 * (https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies).
 *
 * @throws a Response: 401 when the signature is missing or wrong or older than 90 s; 404 when the shop does
 *   not use the app.
 */
export async function requireProxyVisitor(request: Request, now: Date): Promise<ProxyVisitor> {
  const { searchParams } = new URL(request.url);
  if (!isSigned(searchParams) || !isFresh(searchParams, now))
    throw answer(401, "This address works on the shop's own site.");

  const shop = await findShop(searchParams.get("shop") ?? "");
  if (!shop || shop.uninstalledAt) throw answer(404, "This shop does not use the app.");

  const customer = searchParams.get("logged_in_customer_id");
  return {
    shop,
    customerId: customer && /^\d+$/.test(customer) ? `gid://shopify/Customer/${customer}` : null,
    path: searchParams.get("path_prefix") ?? "",
  };
}

/** What the page relies on stands once: a second value would be signed together with the first. */
const SINGLE = ["shop", "timestamp", "signature", "logged_in_customer_id", "path_prefix"];

function isSigned(query: URLSearchParams): boolean {
  if (SINGLE.some((name) => query.getAll(name).length > 1)) return false;

  const names = [...new Set(query.keys())].filter((name) => name !== "signature").sort();
  const signed = names.map((name) => `${name}=${query.getAll(name).join(",")}`).join("");
  const expected = createHmac("sha256", env.SHOPIFY_API_SECRET).update(signed).digest();
  const given = Buffer.from(query.get("signature") ?? "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isFresh(query: URLSearchParams, now: Date): boolean {
  const timestamp = query.get("timestamp") ?? "";
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() - Number(timestamp) * 1000) <= TOLERANCE_MS;
}

function answer(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
