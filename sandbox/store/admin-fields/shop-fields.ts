import { connectionOf } from "../connection.ts";
import { digitsOf, gid } from "../identifiers.ts";
import type { Shop } from "../model.ts";
import { inShopTime } from "../moments.ts";
import type { Subscription } from "../store.ts";
import type { AdminContext, Fields } from "./fields.ts";

export const shopFields: Fields<Shop> = {
  alerts: () => [],
  checkoutApiSupported: () => true,
  contactEmail: (shop) => shop.email,
  currencyCode: (shop) => shop.currency,
  currencyFormats: () => ({
    moneyFormat: "${{amount}}",
    moneyInEmailsFormat: "${{amount}}",
    moneyWithCurrencyFormat: "${{amount}} USD",
    moneyWithCurrencyInEmailsFormat: "${{amount}} USD",
  }),
  customerAccounts: () => "OPTIONAL",
  customerAccountsV2: (shop) => ({
    customerAccountsVersion: "NEW_CUSTOMER_ACCOUNTS",
    loginLinksVisibleOnStorefrontAndCheckout: true,
    loginRequiredAtCheckout: false,
    url: `https://${shop.domain}/account`,
  }),
  description: () => null,
  enabledPresentmentCurrencies: (shop) => [shop.currency],
  fulfillmentServices: () => [],
  ianaTimezone: (shop) => shop.timeZone,
  myshopifyDomain: (shop) => shop.domain,
  orderNumberFormatPrefix: () => "#",
  orderNumberFormatSuffix: () => "",
  plan: () => ({
    displayName: "Development",
    publicDisplayName: "Development",
    partnerDevelopment: true,
    shopifyPlus: false,
  }),
  primaryDomain: (shop) => ({
    id: gid("Domain", digitsOf(shop.id) ?? ""),
    host: shop.domain,
    url: `https://${shop.domain}`,
    sslEnabled: true,
  }),
  setupRequired: () => false,
  shipsToCountries: (shop) => [shop.address.countryCode],
  shopAddress: (shop) => addressOf(shop),
  billingAddress: (shop) => addressOf(shop),
  shopOwnerName: (shop) => shop.ownerName,
  shopPolicies: () => [],
  taxShipping: () => false,
  taxesIncluded: () => false,
  timezoneAbbreviation: (shop) =>
    new Intl.DateTimeFormat("en-US", { timeZone: shop.timeZone, timeZoneName: "short" })
      .formatToParts(new Date())
      .find((part) => part.type === "timeZoneName")?.value,
  timezoneOffset: (shop) => offsetOf(shop).replace(":", ""),
  timezoneOffsetMinutes: (shop) => {
    const offset = offsetOf(shop);
    return Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  },
  transactionalSmsDisabled: () => false,
  marketingSmsConsentEnabledAtCheckout: () => false,
  unitSystem: () => "METRIC_SYSTEM",
  url: (shop) => `https://${shop.domain}`,
  weightUnit: () => "KILOGRAMS",
};

const offsetOf = (shop: Shop) => inShopTime(new Date().toISOString(), shop.timeZone).slice(19);

const addressOf = (shop: Shop) => ({
  id: gid("ShopAddress", digitsOf(shop.id) ?? ""),
  ...shop.address,
  address2: null,
  company: shop.name,
  countryCodeV2: shop.address.countryCode,
  phone: shop.phone,
  formatted: [
    shop.address.address1,
    `${shop.address.city} ${shop.address.provinceCode} ${shop.address.zip}`,
    shop.address.country,
  ],
  formattedArea: `${shop.address.city} ${shop.address.provinceCode}, ${shop.address.country}`,
  coordinatesValidated: false,
});

const scopeOf = (handle: string) => ({ handle, description: handle.replaceAll("_", " ") });

/** The one app there is. */
export const appId = gid("App", 6100000000090);

export const appFields: Fields<object> = {
  id: () => appId,
  apiKey: (_app, _args, { store }) => store.apiKey,
  availableAccessScopes: (_app, _args, { store }) => store.app.scopes.map(scopeOf),
  requestedAccessScopes: (_app, _args, { store }) => store.app.scopes.map(scopeOf),
  optionalAccessScopes: () => [],
  developerName: (_app, _args, { store }) => store.app.name,
  developerType: () => "PARTNER",
  embedded: () => true,
  failedRequirements: () => [],
  features: () => [],
  handle: (_app, _args, { store }) => handleOf(store.app.name),
  installation: () => ({}),
  isPostPurchaseAppInUse: () => false,
  previouslyInstalled: () => false,
  published: () => false,
  screenshots: () => [],
  shopifyDeveloped: () => false,
  title: (_app, _args, { store }) => store.app.name,
  webhookApiVersion: (_app, _args, { store }) => store.app.apiVersion,
};

export const appInstallationFields: Fields<object> = {
  id: (_installation, _args, { shop }) => gid("AppInstallation", digitsOf(shop.id) ?? ""),
  accessScopes: (_installation, _args, { shop }) => shop.grantedScopes.map(scopeOf),
  activeSubscriptions: () => [],
  app: () => ({}),
  launchUrl: (_installation, _args, { store, shop }) => `https://${shop.domain}/admin/apps/${handleOf(store.app.name)}`,
};

/** The subscriptions of `shopify.app.toml` that the Admin API lists: all but those for compliance. */
export function subscriptionsFor({ store }: AdminContext) {
  return store.app.subscriptions
    .map((subscription, index) => ({ ...subscription, id: gid("WebhookSubscription", 6100000000100 + index) }))
    .filter(({ topic }) => !/redact|data_request/.test(topic));
}

export const subscriptionFields: Fields<Subscription & { id: string }> = {
  apiVersion: (_subscription, _args, { store }) => ({
    handle: store.app.apiVersion,
    displayName: store.app.apiVersion,
    supported: true,
  }),
  callbackUrl: ({ path }, _args, { store }) => new URL(path, store.appUrl).href,
  createdAt: (_subscription, _args, { shop }) => shop.createdAt,
  endpoint: ({ path }, _args, { store }) => ({
    __typename: "WebhookHttpEndpoint",
    callbackUrl: new URL(path, store.appUrl).href,
  }),
  filter: () => "",
  format: () => "JSON",
  legacyResourceId: ({ id }) => digitsOf(id),
  metafieldNamespaces: () => [],
  metafields: () => [],
  topic: ({ topic }) => topic.replace(/[/.]/g, "_").toUpperCase(),
  updatedAt: (_subscription, _args, { shop }) => shop.createdAt,
  uri: ({ path }, _args, { store }) => new URL(path, store.appUrl).href,
};

export function listSubscriptions(args: Record<string, unknown>, context: AdminContext) {
  const topics = Array.isArray(args.topics) ? new Set(args.topics) : null;
  const found = subscriptionsFor(context).filter(
    ({ topic }) => !topics || topics.has(topic.replace(/[/.]/g, "_").toUpperCase()),
  );
  return connectionOf(found, args);
}

function handleOf(name: string) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
