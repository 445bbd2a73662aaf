import type { AuditActor } from "~/domain/audit/actions";
import { findShop } from "~/domain/shop/find-shop.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { authenticate } from "~/shopify.server";

/**
 * The shop whose merchant makes this request.
 *
 * @returns the shop's columns, `actor` for the audit (the merchant's Shopify user id) and the Admin API client.
 * @throws a Response (a bounce, 401 or 410) unless the request carries a valid admin session token.
 */
export async function requireShop(request: Request) {
  const { session, admin, sessionToken } = await authenticate.admin(request);
  const shop = (await findShop(session.shop)) ?? (await install(session.shop));
  const actor: AuditActor = `person:${sessionToken?.sub ?? "unknown"}`;

  return { ...shop, admin, actor };
}

/** A session may outlive the shop's row: `shop/redact` came while the merchant was installing again. */
async function install(domain: string) {
  await installShop(domain, new Date());
  const shop = await findShop(domain);
  if (!shop) throw new Error(`Shop ${domain} could not be installed`);
  return shop;
}
