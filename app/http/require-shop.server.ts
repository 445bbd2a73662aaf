import { findShop } from "~/domain/shop/find-shop.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { authenticate } from "~/shopify.server";

/**
 * The shop whose merchant makes this request.
 *
 * @returns the shop, the name to write in the audit (the merchant's, where Shopify tells it) and the
 *   Admin API client.
 * @throws a Response (a bounce, 401 or 410) unless the request carries a valid admin session token.
 */
export async function requireShop(request: Request) {
  const { session, admin, sessionToken } = await authenticate.admin(request);
  const shop = (await findShop(session.shop)) ?? (await reinstalled(session.shop));

  return { ...shop, shop, admin, actor: `person:${sessionToken?.sub ?? "unknown"}` };
}

async function reinstalled(domain: string) {
  await installShop(domain, new Date());
  const shop = await findShop(domain);
  if (!shop) throw new Error(`Shop ${domain} could not be installed`);
  return shop;
}
