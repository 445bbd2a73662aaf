import type { Requester } from "~/domain/audit/actions";
import { findShop } from "~/domain/shop/find-shop.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { authenticate } from "~/shopify.server";
import { callerOf } from "./caller";
import { knowPerson } from "./know-person.server";

/**
 * The shop whose merchant makes this request.
 *
 * @returns the shop's columns, `actor` for the audit (the person by Shopify user id, and their browser) and the Admin API client.
 * @throws a Response (a bounce, 401 or 410) unless the request carries a valid admin session token.
 */
export async function requireShop(request: Request) {
  const { session, admin, sessionToken } = await authenticate.admin(request);
  const shop = (await findShop(session.shop)) ?? (await install(session.shop));
  const person = sessionToken?.sub ?? "unknown";
  await knowPerson(session.shop, person, tokenOf(request));
  const actor: Requester = { id: `person:${person}`, ...callerOf(request) };

  return { ...shop, admin, actor };
}

/** A session may outlive the shop's row: `shop/redact` came while the merchant was installing again. */
async function install(domain: string) {
  await installShop(domain, new Date());
  const shop = await findShop(domain);
  if (!shop) throw new Error(`Shop ${domain} could not be installed`);
  return shop;
}

/** The session token, where App Bridge puts it for data and where Shopify's admin puts it for documents. */
function tokenOf(request: Request): string {
  const bearer = /^Bearer (.+)$/.exec(request.headers.get("Authorization") ?? "")?.[1];
  return bearer ?? new URL(request.url).searchParams.get("id_token") ?? "";
}
