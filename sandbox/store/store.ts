import { AccessTokens } from "./access-tokens.ts";
import { readAppConfig, type AppConfig } from "./app-config.ts";
import type { Delivery, WebhookReport } from "./delivery.ts";
import { demoDomain, newShop } from "./demo-catalog.ts";
import { Journal } from "./journal.ts";
import type { Customer, Faults, Order, Product, RiskLevel, Shop, Variant } from "./model.ts";
import { nowToTheSecond } from "./moments.ts";
import { newProduct, type NewProduct } from "./new-product.ts";
import { openAppIn } from "./open-app.ts";
import * as book from "./order-book.ts";
import { orderMessages, refundMessages, transactionMessages } from "./order-messages.ts";
import { customerPayload, fulfillmentPayload } from "./order-payload.ts";
import { orderTotals } from "./order-totals.ts";
import { linesOf, placeOrder, type NewLine, type NewOrder } from "./place-order.ts";
import { refuse } from "./refusal.ts";
import { ShopData } from "./shop-data.ts";
import { putBackInStock, takeFromStock } from "./stock.ts";
import {
  compliancePayload,
  orderEditPayload,
  productPayload,
  riskPayload,
  scopesPayload,
  shopPayload,
} from "./shop-payloads.ts";
import { mintToken, type TokenRequest } from "./tokens.ts";
import { WebhookOutbox, type Message, type RawDelivery } from "./webhook-outbox.ts";

export type * from "./model.ts";
export type { AppProxy, Subscription } from "./app-config.ts";
export type { LineQuantity } from "./order-book.ts";
export { StoreRefusal } from "./refusal.ts";
export type { Delivery } from "./delivery.ts";

export type StoreOptions = {
  /** where everything is kept between runs; made when missing */
  dir: string;
  /** the project's `shopify.app.toml` */
  tomlPath: string;
  /** where the app answers, such as `http://127.0.0.1:4401`: webhooks go there */
  appUrl: string;
  apiKey: string;
  apiSecret: string;
  /** webhook retries within seconds instead of hours */
  fast?: boolean;
  /** domain of the shop that has the demo catalog */
  demoShop?: string;
  /** what the shops' plan restores of the Admin API's query cost */
  pointsPerSecond?: number;
};

/** What an order verb did. `webhooks` resolves, and never rejects, when the first attempt of each has ended. */
export type OrderOutcome = { order: Order; webhooks: Promise<WebhookReport[]> };

type OrderId = string | number;

/**
 * The back end of the stand-in Shopify.
 *
 * `shop` is a domain and is the demo shop when absent. `id` is a gid or its digits. Verbs change
 * everything at once and then send the webhooks. They throw `StoreRefusal` for what Shopify would refuse.
 */
export type Store = {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: string;
  readonly demoShop: string;
  readonly fast: boolean;
  readonly pointsPerSecond: number;
  /** what `shopify.app.toml` says */
  readonly app: AppConfig;
  readonly accessTokens: AccessTokens;

  shops(): Shop[];
  /** @throws StoreRefusal when there is no such shop */
  shop(domain?: string): Shop;
  findShop(domain: string): Shop | null;
  /** oldest first */
  products(shop?: string): Product[];
  findProduct(id: OrderId, shop?: string): Product | null;
  findVariant(id: OrderId, shop?: string): { product: Product; variant: Variant } | null;
  customers(shop?: string): Customer[];
  /** @param key  gid, digits, email or phone */
  findCustomer(key: OrderId, shop?: string): Customer | null;
  /** newest first */
  orders(shop?: string): Order[];
  findOrder(id: OrderId, shop?: string): Order | null;
  /** by `checkoutToken` or by the token of its status page */
  findOrderByToken(token: string, shop?: string): Order | null;

  createProduct(input: NewProduct, shop?: string): { product: Product; webhooks: Promise<WebhookReport[]> };
  /**
   * The merchant counts a variant's units.
   *
   * @param stock  units left to sell; null: Shopify no longer tracks them
   */
  setStock(variantId: OrderId, stock: number | null, shop?: string): { product: Product; variant: Variant };
  /** A checkout that went through; also what the storefront's cart calls. */
  placeOrder(input: NewOrder, shop?: string): OrderOutcome;
  /** @param amount  in the shop's currency, such as "9.99"; absent: all that is outstanding */
  payOrder(id: OrderId, amount?: string | number, shop?: string): OrderOutcome;
  /** Cancels, gives back what was paid, or voids what was only authorized or pending. */
  cancelOrder(id: OrderId, shop?: string): OrderOutcome;
  /** Lines without an amount give back their price; an amount without lines removes nothing; neither: everything. */
  refundOrder(
    id: OrderId,
    what?: { lines?: book.LineQuantity[]; amount?: string | number },
    shop?: string,
  ): OrderOutcome;
  editOrder(id: OrderId, what: { add?: NewLine[]; remove?: book.LineQuantity[] }, shop?: string): OrderOutcome;
  setRisk(id: OrderId, level: RiskLevel, shop?: string): OrderOutcome;
  /** Fulfills what is left of every line, or of those named. */
  fulfillOrder(id: OrderId, lines?: book.LineQuantity[], shop?: string): OrderOutcome;

  /** A shop that nobody opened the app in yet. Known already: as it is. */
  createShop(domain: string, options?: { name?: string; protectedCustomerData?: boolean }): Shop;
  /**
   * The merchant opens the app: the first time Shopify installs it, later it grants new scopes.
   *
   * @throws StoreRefusal `app_did_not_open` when the app cannot be reached or answers no page
   */
  openApp(domain?: string): Promise<Shop>;
  /** Revokes the app's tokens and sends `app/uninstalled`. */
  uninstallApp(domain?: string): { shop: Shop; webhooks: Promise<WebhookReport[]> };
  /** What Shopify sends for privacy: a customer's data is asked for or to be erased, or a shop's (after an uninstall). */
  sendCompliance(
    kind: "customers/data_request" | "customers/redact" | "shop/redact",
    customerId?: OrderId,
    shop?: string,
  ): Promise<WebhookReport[]>;
  /** The app's address as the admin's frame asks for it: with shop, host, embedded and a fresh id token. */
  appAddress(path?: string, shop?: string): string;
  mintToken(request: TokenRequest): string;

  /** Sends any delivery `times` at once, with no retries and no faults. */
  sendRaw(delivery: Omit<RawDelivery, "shop"> & { shop?: string }): Promise<WebhookReport[]>;
  redeliver(webhookId: string): Promise<WebhookReport[]>;
  /** newest first */
  deliveries(shop?: string): Delivery[];

  faults(): Faults;
  setFaults(faults: Faults): void;
  clearFaults(): void;

  /** Calls back after anything changed. @returns how to stop listening */
  onChange(listener: (change: { kind: ChangeKind; shop: string }) => void): () => void;
  /** Writes what is left, ends retries and open requests. */
  stop(): Promise<void>;
};

type ChangeKind = "shop" | "product" | "order" | "webhook";

/**
 * Opens the store kept in `dir`, with the demo shop in it.
 *
 * @throws when `shopify.app.toml` cannot be read or says what Shopify would refuse
 */
export async function createStore(options: StoreOptions): Promise<Store> {
  const app = readAppConfig(options.tomlPath);
  const { apiKey, apiSecret, appUrl, demoShop = demoDomain, fast = false, pointsPerSecond = 100 } = options;
  const journal = new Journal(options.dir);
  const data = new ShopData(journal, demoShop);
  const accessTokens = new AccessTokens(journal);
  const listeners = new Set<(change: { kind: ChangeKind; shop: string }) => void>();
  const changed = (kind: ChangeKind, shop: string) => listeners.forEach((listener) => listener({ kind, shop }));
  let faults: Faults = {};
  const outbox = new WebhookOutbox({
    app,
    appUrl,
    apiSecret,
    fast,
    journal,
    faults: () => faults,
    changed: (shop) => changed("webhook", shop),
  });
  const { nextNumber } = data;

  const shopOf = (domain = demoShop) =>
    data.findShop(domain) ??
    refuse(404, "unknown_shop", `There is no shop ${domain}. Make it with POST /control/shops.`);
  const orderOf = (id: OrderId, shop: Shop) =>
    data.findOrder(id, shop.domain) ?? refuse(404, "unknown_order", `${shop.domain} has no order ${id}.`);

  /** Saves an order after `change` and sends what it causes. */
  const changeOrder = (id: OrderId, domain: string | undefined, change: (order: Order, shop: Shop) => Message[]) => {
    const shop = shopOf(domain);
    const order = orderOf(id, shop);
    const paidBefore = order.transactions.length;
    const messages = change(order, shop);
    data.saveOrder(order);
    changed("order", shop.domain);
    return { order, webhooks: outbox.send(shop, [...messages, ...transactionMessages(order, shop, paidBefore)]) };
  };

  const store: Store = {
    apiKey,
    apiSecret,
    appUrl,
    demoShop,
    fast,
    pointsPerSecond,
    app,
    accessTokens,

    shops: () => data.shops(),
    shop: shopOf,
    findShop: (domain) => data.findShop(domain),
    products: (shop = demoShop) => data.products(shop),
    findProduct: (id, shop = demoShop) => data.findProduct(id, shop),
    findVariant: (id, shop = demoShop) => data.findVariant(id, shop),
    customers: (shop = demoShop) => data.customers(shop),
    findCustomer: (key, shop = demoShop) => data.findCustomer(key, shop),
    orders: (shop = demoShop) => data.orders(shop),
    findOrder: (id, shop = demoShop) => data.findOrder(id, shop),
    findOrderByToken: (token, shop = demoShop) => data.findOrderByToken(token, shop),

    createProduct(input, domain) {
      const shop = shopOf(domain);
      const product = newProduct(input, shop, data.products(shop.domain), nextNumber);
      data.saveProduct(product);
      changed("product", shop.domain);
      return {
        product,
        webhooks: outbox.send(shop, [{ topic: "products/create", payload: productPayload(product, shop) }]),
      };
    },

    setStock(variantId, stock, domain) {
      const shop = shopOf(domain);
      const found = data.findVariant(variantId, shop.domain);
      if (!found) return refuse(404, "unknown_variant", `${shop.domain} sells no variant ${variantId}.`);
      if (stock === null) delete found.variant.stock;
      else found.variant.stock = stock;
      data.saveProduct(found.product);
      changed("product", shop.domain);
      return found;
    },

    placeOrder(input, domain) {
      const shop = shopOf(domain);
      const { order, newCustomer } = placeOrder(input, shop, data);
      takeFromStock(order.lines, shop, data);
      changed("product", shop.domain);
      changed("order", shop.domain);
      const isPaid = order.financialStatus === "paid";
      return {
        order,
        webhooks: outbox.send(shop, [
          ...(newCustomer
            ? [{ topic: "customers/create", payload: { ...customerPayload(newCustomer, shop), addresses: [] } }]
            : []),
          ...orderMessages(order, shop, data, isPaid ? ["orders/create", "orders/paid"] : ["orders/create"]),
          ...transactionMessages(order, shop, 0),
        ]),
      };
    },

    payOrder: (id, amount, domain) =>
      changeOrder(id, domain, (order, shop) => {
        const isPaid = book.pay(order, amount, nextNumber);
        return orderMessages(order, shop, data, isPaid ? ["orders/paid"] : []);
      }),

    cancelOrder: (id, domain) =>
      changeOrder(id, domain, (order, shop) => {
        const given = book.cancel(order, nextNumber);
        if (given) putBackInStock(given, order, shop, data);
        return [...orderMessages(order, shop, data, ["orders/cancelled"]), ...refundMessages(given, order, shop)];
      }),

    refundOrder: (id, what = {}, domain) =>
      changeOrder(id, domain, (order, shop) => {
        const given = book.refund(order, what, nextNumber);
        putBackInStock(given, order, shop, data);
        return [...refundMessages(given, order, shop), ...orderMessages(order, shop, data)];
      }),

    editOrder: (id, what, domain) =>
      changeOrder(id, domain, (order, shop) => {
        const wasPaid = orderTotals(order).outstandingCents === 0;
        const added = linesOf(what.add ?? [], shop, data);
        const change = book.edit(order, added, what.remove ?? [], nextNumber);
        takeFromStock(added, shop, data);
        const isPaidNow = !wasPaid && order.financialStatus === "paid";
        return [
          { topic: "orders/edited", payload: orderEditPayload(change, order, shop) },
          ...orderMessages(order, shop, data, isPaidNow ? ["orders/paid"] : []),
        ];
      }),

    setRisk: (id, level, domain) =>
      changeOrder(id, domain, (order, shop) => {
        book.assessRisk(order, level);
        return [
          { topic: "orders/risk_assessment_changed", payload: riskPayload(order, shop) },
          ...orderMessages(order, shop, data),
        ];
      }),

    fulfillOrder: (id, lines, domain) =>
      changeOrder(id, domain, (order, shop) => {
        const fulfillment = book.fulfill(order, lines, nextNumber);
        const topic = book.fulfillmentStatus(order) === "fulfilled" ? "orders/fulfilled" : "orders/partially_fulfilled";
        return [
          { topic: "fulfillments/create", payload: fulfillmentPayload(fulfillment, order, shop) },
          ...orderMessages(order, shop, data, [topic]),
        ];
      }),

    createShop(domain, shopOptions = {}) {
      const known = data.findShop(domain);
      if (known) return known;
      if (!/^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/.test(domain)) {
        refuse(422, "bad_domain", `"${domain}" is no shop's domain, such as "my-shop.myshopify.com".`);
      }
      const shop = { ...newShop(domain, String(nextNumber()), nowToTheSecond()), ...shopOptions };
      data.saveShop(shop);
      changed("shop", domain);
      return shop;
    },

    async openApp(domain) {
      const shop = shopOf(domain);
      const previous = shop.grantedScopes;
      const isInstalled = shop.installedAt !== null;
      const isAsked = app.scopes.join() !== previous.join();
      shop.installedAt ??= nowToTheSecond();
      shop.grantedScopes = app.scopes;
      data.saveShop(shop);
      changed("shop", shop.domain);
      await openAppIn(store.appAddress("/app", shop.domain), shop.domain);
      if (isInstalled && isAsked) {
        await outbox.send(shop, [{ topic: "app/scopes_update", payload: scopesPayload(shop, previous) }]);
      }
      return shop;
    },

    uninstallApp(domain) {
      const shop = shopOf(domain);
      if (!shop.installedAt) refuse(409, "not_installed", `${shop.domain} does not have the app.`);
      accessTokens.revoke(shop.domain);
      outbox.dropPending(shop.domain);
      const webhooks = outbox.send(shop, [{ topic: "app/uninstalled", payload: shopPayload(shop) }]);
      shop.installedAt = null;
      shop.grantedScopes = [];
      data.saveShop(shop);
      changed("shop", shop.domain);
      return { shop, webhooks };
    },

    async sendCompliance(topic, customerId, domain) {
      const shop = shopOf(domain);
      const customer = customerId === undefined ? null : data.findCustomer(customerId, shop.domain);
      if (topic !== "shop/redact" && !customer)
        return refuse(404, "unknown_customer", `${shop.domain} has no customer ${customerId}.`);
      const orders = data.orders(shop.domain).filter((order) => order.customerId === customer?.id);
      return outbox.send({ ...shop, installedAt: nowToTheSecond() }, [
        { topic, payload: compliancePayload(topic, shop, customer, orders, nextNumber()) },
      ]);
    },

    appAddress(path = "/app", domain) {
      const shop = shopOf(domain);
      const address = new URL(path, appUrl);
      const handle = shop.domain.replace(".myshopify.com", "");
      address.searchParams.set("embedded", "1");
      address.searchParams.set("host", Buffer.from(`admin.shopify.com/store/${handle}`).toString("base64"));
      address.searchParams.set("id_token", mintToken({ kind: "admin" }, shop.domain, apiKey, apiSecret));
      address.searchParams.set("locale", shop.locale);
      address.searchParams.set("shop", shop.domain);
      return address.href;
    },

    mintToken: (request) => mintToken(request, shopOf(request.shop).domain, apiKey, apiSecret),
    sendRaw: async (delivery) => outbox.sendRaw({ ...delivery, shop: shopOf(delivery.shop) }),
    redeliver: (webhookId) => outbox.redeliver(webhookId),
    deliveries: (shop = demoShop) => outbox.list().filter((delivery) => delivery.shop === shop),

    faults: () => faults,
    setFaults(more) {
      faults = { ...faults, ...more };
    },
    clearFaults() {
      faults = {};
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      await outbox.stop();
      await journal.close();
      listeners.clear();
    },
  };
  return store;
}
