import { db } from "~/db.server";
import { startWorld } from "../sandbox/store-world";

// Import this first: Shopify's library keeps the `fetch` it finds when it loads.

const fetchDirectly = globalThis.fetch;
let storeUrl: string | undefined;

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  if (!url.hostname.endsWith(".myshopify.com")) return fetchDirectly(input, init);
  if (!storeUrl) return Promise.reject(new TypeError("The stand-in store is not running"));
  const headers = new Headers(init?.headers);
  headers.set("x-sandbox-shop", url.hostname);
  return fetchDirectly(new URL(url.pathname + url.search, storeUrl), { ...init, headers });
};

let numberOfShops = 0;

/**
 * A shop whose Admin API the sandbox's store plays, and that has the app installed. Its webhooks reach nobody.
 *
 * @param scopes  what the merchant granted
 */
export async function createPlayedShop(scopes = "read_customers,read_orders,read_products") {
  const domain = `played-${++numberOfShops}.myshopify.com`;
  const world = await startWorld({ demoShop: domain, scopes, apiKey: "test-api-key", apiSecret: "test-api-secret" });
  storeUrl = world.homeUrl;
  const shop = await db.shop.create({ data: { domain } });
  await db.session.create({
    data: {
      id: `offline_${domain}`,
      shop: domain,
      state: "",
      scope: scopes,
      accessToken: world.store.accessTokens.issueLastingOffline(domain),
    },
  });
  return { ...world, shop };
}
