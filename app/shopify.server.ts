import "@shopify/shopify-app-remix/adapters/node";
import { setTimeout as wait } from "node:timers/promises";
import { RequestedTokenType, shopifyApi } from "@shopify/shopify-api";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { db } from "./db.server";
import { installShop } from "./domain/shop/install-shop.server";
import { env } from "./env.server";

const PERSON_PATIENCE_MS = 3_000;

const appUrl = new URL(env.SHOPIFY_APP_URL);
const credentials = {
  apiKey: env.SHOPIFY_API_KEY,
  apiSecretKey: env.SHOPIFY_API_SECRET,
  apiVersion: ApiVersion.July26,
  logger: { level: LogSeverity.Error },
};

const shopify = shopifyApp({
  ...credentials,
  appUrl: env.SHOPIFY_APP_URL,
  authPathPrefix: "/auth",
  distribution: AppDistribution.AppStore,
  sessionStorage: new PrismaSessionStorage(db),
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  hooks: {
    afterAuth: async ({ session }) => {
      await installShop(session.shop, new Date());
    },
  },
});

export const { authenticate, unauthenticated, addDocumentResponseHeaders } = shopify;

/**
 * Shopify's checks of a signature and of a session token, and nothing else.
 *
 * `authenticate.webhook` would also refresh the shop's access token: a call to Shopify in the middle of
 * Shopify's own, with its 5 s limit. `authenticate.public` checks no audience and answers without CORS.
 */
const { auth, webhooks, session } = shopifyApi({
  ...credentials,
  hostName: appUrl.host,
  hostScheme: appUrl.protocol === "http:" ? "http" : "https",
  isEmbeddedApp: true,
  future: { unstable_managedPricingSupport: true },
});

export const validateWebhook = webhooks.validate;
export const decodeSessionToken = session.decodeSessionToken;

/**
 * What Shopify calls the staff member who holds a session token.
 *
 * @returns null when Shopify does not say, or does not answer within 3 s: a page waits for this.
 */
export async function exchangeForPerson(shop: string, sessionToken: string) {
  const asked = { shop, sessionToken, requestedTokenType: RequestedTokenType.OnlineAccessToken };
  const patience = wait(PERSON_PATIENCE_MS, null, { ref: false });
  const answer = await Promise.race([auth.tokenExchange(asked).catch(() => null), patience]);
  const user = answer?.session.onlineAccessInfo?.associated_user;
  const expires = answer?.session.expires;
  return user && expires ? { firstName: user.first_name, lastName: user.last_name, expires } : null;
}
