import type { AppConfig } from "./app-config.ts";
import type { Customer, Faults, FinancialStatus, Order, Product, RiskLevel, Shop, Variant } from "./model.ts";

export type * from "./model.ts";

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
};

export type Attempt = {
  /** what the app answered; null when it did not within 5 s, or could not be reached */
  status: number | null;
  ms: number;
  at: string;
  /** why there is no status */
  error?: string;
};

/** One webhook as sent, or about to be. `body` is the text that was signed. */
export type Delivery = {
  webhookId: string;
  eventId: string;
  topic: string;
  shop: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  createdAt: string;
  attempts: Attempt[];
  state: "pending" | "delivered" | "failed" | "dropped";
  nextAttemptAt: string | null;
};

export type WebhookReport = { webhookId: string; topic: string; attempts: Attempt[] };

/** What an order verb did. `webhooks` resolves, and never rejects, when the first attempt of each has ended. */
export type OrderOutcome = { order: Order; webhooks: Promise<WebhookReport[]> };

export type NewProduct = {
  title: string;
  variants: { title?: string; sku?: string; price: string | number; requiresShipping?: boolean }[];
  description?: string;
  color?: string;
};

export type NewOrder = {
  email?: string | null;
  phone?: string | null;
  /** a gid or digits; a person; null for an order without a customer; absent: found or made by email or phone */
  customer?: string | number | { id?: string | number; email?: string; firstName?: string; lastName?: string } | null;
  locale?: string;
  sourceName?: string;
  financialStatus?: FinancialStatus;
  lines: {
    variantId: string | number;
    quantity: number;
    sellingPlan?: string | { id?: string; name: string };
  }[];
};

/** A line of an order by its own id or by its variant's; gid or digits. */
export type LineQuantity = { lineId?: string | number; variantId?: string | number; quantity: number };

export type TokenRequest = {
  kind: "admin" | "customer";
  shop?: string;
  /** gid or digits; absent: nobody is signed in */
  customerId?: string | number | null;
  /** put over the usual claims; null takes one out */
  claims?: Record<string, unknown>;
};

/** A request that Shopify would refuse; `message` is for the person who made it. */
export class StoreRefusal extends Error {
  readonly status: 400 | 404 | 409 | 422 | 502;
  readonly code: string;

  constructor(status: StoreRefusal["status"], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export type Store = {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: string;
  readonly demoShop: string;
  readonly fast: boolean;
  /** what `shopify.app.toml` says */
  readonly app: AppConfig;

  shops(): Shop[];
  /** @throws StoreRefusal when there is no such shop */
  shop(domain?: string): Shop;
  findShop(domain: string): Shop | null;
  /** oldest first */
  products(shop?: string): Product[];
  /** @param id  gid or digits */
  findProduct(id: string | number, shop?: string): Product | null;
  findVariant(id: string | number, shop?: string): { product: Product; variant: Variant } | null;
  customers(shop?: string): Customer[];
  /** @param key  gid, digits or email */
  findCustomer(key: string | number, shop?: string): Customer | null;
  /** newest first */
  orders(shop?: string): Order[];
  findOrder(id: string | number, shop?: string): Order | null;
  /** by `checkoutToken` or by the token of its status page */
  findOrderByToken(token: string, shop?: string): Order | null;

  createProduct(input: NewProduct, shop?: string): { product: Product; webhooks: Promise<WebhookReport[]> };
  /** A checkout that went through; also what the storefront's cart calls. */
  placeOrder(input: NewOrder, shop?: string): OrderOutcome;
  /** @param amount  in the shop's currency, such as "9.99"; absent: all that is outstanding */
  payOrder(id: string | number, amount?: string | number, shop?: string): OrderOutcome;
  /** Cancels, gives back what was paid, or voids what was only authorized or pending. */
  cancelOrder(id: string | number, shop?: string): OrderOutcome;
  /** Lines without an amount give back their price; an amount without lines removes nothing; neither: everything. */
  refundOrder(id: string | number, what: { lines?: LineQuantity[]; amount?: string | number }, shop?: string): OrderOutcome;
  editOrder(
    id: string | number,
    what: { add?: { variantId: string | number; quantity: number }[]; remove?: LineQuantity[] },
    shop?: string,
  ): OrderOutcome;
  setRisk(id: string | number, level: RiskLevel, shop?: string): OrderOutcome;
  /** Fulfills what is left of every line, or of those named. */
  fulfillOrder(id: string | number, lines?: LineQuantity[], shop?: string): OrderOutcome;

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
  /** The app's address as the admin's frame asks for it: with shop, host, embedded and a fresh id token. */
  appAddress(path?: string, shop?: string): string;
  mintToken(request: TokenRequest): string;

  /** Sends any delivery at once, with no retries and no faults. */
  sendRaw(request: {
    topic: string;
    /** a text is sent as it is; anything else as compact JSON */
    payload: unknown;
    shop?: string;
    headers?: Record<string, string | null>;
    signature?: "valid" | "wrong" | "missing";
    times?: number;
  }): Promise<WebhookReport[]>;
  redeliver(webhookId: string): Promise<WebhookReport[]>;
  /** newest first */
  deliveries(shop?: string): Delivery[];

  faults(): Faults;
  setFaults(faults: Faults): void;
  clearFaults(): void;

  /** Calls back after anything changed. @returns how to stop listening */
  onChange(listener: (change: { kind: string; shop: string }) => void): () => void;
  /** Writes what is left, ends retries and open requests. */
  stop(): Promise<void>;
};
