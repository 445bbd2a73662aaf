import { unauthenticated } from "~/shopify.server";
import { ShopifyUnavailable } from "./shopify-unavailable";

/** What is needed of Shopify's Admin API client. */
export type AdminApi = {
  graphql(query: string, options?: { variables?: Record<string, unknown> }): Promise<Response>;
};

/**
 * The Admin API of a shop, by its stored offline token (refreshed when it is about to end).
 *
 * @throws ShopifyUnavailable when the shop has no session: it uninstalled, or never opened the app.
 */
export async function adminOf(shopDomain: string): Promise<AdminApi> {
  try {
    return (await unauthenticated.admin(shopDomain)).admin;
  } catch (error) {
    throw new ShopifyUnavailable(`No access to ${shopDomain}`, { cause: error });
  }
}
