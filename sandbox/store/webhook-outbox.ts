import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AppConfig } from "./app-config.ts";
import type { Attempt, Delivery, WebhookReport } from "./delivery.ts";
import { webhookSignature } from "./hmac.ts";
import type { Journal } from "./journal.ts";
import type { Faults, Shop } from "./model.ts";
import { postWebhook } from "./post-webhook.ts";
import { refuse } from "./refusal.ts";
import { webhookTopics, complianceTopics } from "./webhook-topics.ts";

export type Message = { topic: string; payload: unknown };

export type RawDelivery = {
  topic: string;
  /** a text is sent as it is; anything else as compact JSON */
  payload: unknown;
  shop: Shop;
  headers?: Record<string, string | null>;
  signature?: "valid" | "wrong" | "missing";
  times?: number;
};

type OutboxOptions = {
  app: AppConfig;
  appUrl: string;
  apiSecret: string;
  fast: boolean;
  journal: Journal;
  faults: () => Faults;
  /** called when a delivery was written, tried or settled */
  changed: (shop: string) => void;
};

const minute = 60_000;
const retryDelaysMs = [1, 2, 5, 10, 20, 40, 70, 92].map((minutes) => minutes * minute);
const fastRetryDelaysMs = [250, 500, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000];
const longestHoldMs = 3_000;
const inFlightLimit = 64;
const keptDeliveries = 20_000;

/**
 * Sends webhooks: those subscribed in `shopify.app.toml`, signed over the bytes sent, tried again 8
 * times over 4 hours (`fast`: 17 seconds). Deliveries and retries survive a restart.
 */
export class WebhookOutbox {
  readonly #options: OutboxOptions;
  readonly #deliveries = new Map<string, Delivery>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #agent = new http.Agent({ keepAlive: true });
  readonly #ending = new AbortController();
  readonly #open = new Set<Promise<unknown>>();
  readonly #queue: (() => void)[] = [];
  #inFlight = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    for (const delivery of options.journal.list<Delivery>("delivery")) {
      this.#deliveries.set(delivery.webhookId, delivery);
      if (delivery.state === "pending") {
        // The app may have moved to another port, and may still be starting: it gets the whole schedule again.
        delivery.url = this.#addressOf(delivery.url);
        delivery.retries = 0;
        this.#sendAt(delivery, delivery.nextAttemptAt ? Date.parse(delivery.nextAttemptAt) : Date.now());
      }
    }
  }

  /** newest first */
  list(): Delivery[] {
    return [...this.#deliveries.values()].reverse();
  }

  /**
   * Sends what one event causes, all at once; what nobody subscribed to is left out.
   *
   * @returns resolves, never rejects, when the first attempt of each has ended. Dropped ones and ones
   *   held back (see `Faults`) have no attempt yet.
   */
  send(shop: Shop, messages: Message[]): Promise<WebhookReport[]> {
    if (!shop.installedAt) return Promise.resolve([]);

    const eventId = randomUUID();
    const { drop = 0, duplicate = 0, shuffle = 0 } = this.#options.faults().webhooks ?? {};
    const sent = messages.flatMap(({ topic, payload }) =>
      this.#options.app.subscriptions
        .filter((subscription) => subscription.topic === topic)
        .map(({ path, name, includeFields }) => {
          const body = JSON.stringify(includeFields.length > 0 ? pick(payload, includeFields) : payload);
          const delivery = this.#write({ shop, topic, path, name, body, eventId });
          if (Math.random() < drop) {
            delivery.state = "dropped";
            this.#save(delivery);
            return { delivery, first: Promise.resolve() };
          }
          const twice = Math.random() < duplicate;
          if (Math.random() < shuffle) {
            this.#sendAt(delivery, Date.now() + 50 + Math.random() * longestHoldMs, twice);
            return { delivery, first: Promise.resolve() };
          }
          return { delivery, first: this.#attempt(delivery, twice) };
        }),
    );
    if (sent.length > 0) this.#options.changed(shop.domain);
    return Promise.all(sent.map(({ first }) => first)).then(() => sent.map(({ delivery }) => reportOf(delivery)));
  }

  /** Sends any delivery `times` at once, under one webhook id: no retries, no faults. */
  async sendRaw(raw: RawDelivery): Promise<WebhookReport[]> {
    const subscription = this.#options.app.subscriptions.find(({ topic }) => topic === raw.topic);
    if (!subscription) {
      const isKnown = webhookTopics.has(raw.topic) || complianceTopics.has(raw.topic);
      refuse(
        422,
        isKnown ? "not_subscribed" : "unknown_topic",
        isKnown
          ? `shopify.app.toml does not subscribe to ${raw.topic}, so there is no address to send it to.`
          : `Shopify has no webhook topic "${raw.topic}".`,
      );
    }
    const delivery = this.#write({
      shop: raw.shop,
      topic: raw.topic,
      path: subscription.path,
      name: subscription.name,
      body: typeof raw.payload === "string" ? raw.payload : JSON.stringify(raw.payload),
      eventId: randomUUID(),
      headers: raw.headers,
      signature: raw.signature,
    });
    return this.#sendOnce(delivery, raw.times ?? 1);
  }

  /** The same bytes under the same webhook id again, once. */
  async redeliver(webhookId: string): Promise<WebhookReport[]> {
    const delivery =
      this.#deliveries.get(webhookId) ?? refuse(404, "unknown_webhook", `No webhook ${webhookId} was sent or is kept.`);
    return this.#sendOnce(delivery, 1);
  }

  /** Forgets what waits for a shop that uninstalled the app. */
  dropPending(shop: string) {
    for (const delivery of this.#deliveries.values()) {
      if (delivery.shop !== shop || delivery.state !== "pending") continue;
      clearTimeout(this.#timers.get(delivery.webhookId));
      this.#timers.delete(delivery.webhookId);
      delivery.state = "dropped";
      delivery.nextAttemptAt = null;
      this.#save(delivery);
    }
  }

  /** Ends retries and open requests. A delivery cut short is tried again at the next start. */
  async stop() {
    this.#ending.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const start of this.#queue.splice(0)) start();
    await Promise.all(this.#open);
    this.#agent.destroy();
  }

  #write(basis: {
    shop: Shop;
    topic: string;
    path: string;
    name: string | null;
    body: string;
    eventId: string;
    headers?: Record<string, string | null>;
    signature?: RawDelivery["signature"];
  }): Delivery {
    const now = new Date().toISOString();
    const { apiSecret, app } = this.#options;
    const secret = basis.signature === "wrong" ? `not ${apiSecret}` : apiSecret;
    const headers: Record<string, string | null> = {
      "Content-Type": "application/json",
      Accept: "*/*",
      "User-Agent": "Shopify-Captain-Hook",
      "X-Shopify-Topic": basis.topic,
      "X-Shopify-Hmac-Sha256": basis.signature === "missing" ? null : webhookSignature(basis.body, secret),
      "X-Shopify-Shop-Domain": basis.shop.domain,
      "X-Shopify-API-Version": app.apiVersion,
      "X-Shopify-Webhook-Id": randomUUID(),
      "X-Shopify-Event-Id": basis.eventId,
      "X-Shopify-Triggered-At": now,
      "X-Shopify-Name": basis.name,
    };
    for (const [name, value] of Object.entries(basis.headers ?? {})) {
      const known = Object.keys(headers).find((header) => header.toLowerCase() === name.toLowerCase());
      headers[known ?? name] = value;
    }
    const delivery: Delivery = {
      webhookId: headers["X-Shopify-Webhook-Id"] ?? randomUUID(),
      eventId: basis.eventId,
      topic: basis.topic,
      shop: basis.shop.domain,
      url: new URL(basis.path, this.#options.appUrl).href,
      headers: Object.fromEntries(
        Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
      ),
      body: basis.body,
      createdAt: now,
      attempts: [],
      retries: 0,
      state: "pending",
      nextAttemptAt: null,
    };
    this.#deliveries.set(delivery.webhookId, delivery);
    this.#save(delivery);
    this.#forgetOldest();
    return delivery;
  }

  #addressOf(url: string): string {
    const { pathname, search } = new URL(url);
    return new URL(pathname + search, this.#options.appUrl).href;
  }

  async #sendOnce(delivery: Delivery, times: number): Promise<WebhookReport[]> {
    const isWaiting = delivery.state === "pending" && delivery.nextAttemptAt !== null;
    const attempts = await Promise.all(Array.from({ length: times }, () => this.#post(delivery)));
    delivery.attempts.push(...attempts);
    if (attempts.some(isDelivered)) this.#settle(delivery, "delivered");
    else if (isWaiting) this.#save(delivery);
    else this.#settle(delivery, delivery.state === "delivered" ? "delivered" : "failed");
    this.#options.changed(delivery.shop);
    return attempts.map((attempt) => ({ webhookId: delivery.webhookId, topic: delivery.topic, attempts: [attempt] }));
  }

  async #attempt(delivery: Delivery, twice: boolean): Promise<void> {
    await this.#acquire();
    try {
      const attempts = await Promise.all([this.#post(delivery), ...(twice ? [this.#post(delivery)] : [])]);
      if (this.#ending.signal.aborted) return;
      delivery.attempts.push(...attempts);
      if (attempts.some(isDelivered)) this.#settle(delivery, "delivered");
      else this.#retryLater(delivery);
      this.#options.changed(delivery.shop);
    } finally {
      this.#release();
    }
  }

  #retryLater(delivery: Delivery) {
    const delays = this.#options.fast ? fastRetryDelaysMs : retryDelaysMs;
    const delay = delays[delivery.retries];
    if (delay === undefined) return this.#settle(delivery, "failed");
    delivery.retries++;
    this.#sendAt(delivery, Date.now() + delay);
  }

  #sendAt(delivery: Delivery, due: number, twice = false) {
    delivery.nextAttemptAt = new Date(due).toISOString();
    this.#save(delivery);
    const timer = setTimeout(
      () => {
        this.#timers.delete(delivery.webhookId);
        void this.#attempt(delivery, twice);
      },
      Math.max(0, due - Date.now()),
    );
    this.#timers.set(delivery.webhookId, timer);
  }

  #settle(delivery: Delivery, state: Delivery["state"]) {
    clearTimeout(this.#timers.get(delivery.webhookId));
    this.#timers.delete(delivery.webhookId);
    delivery.state = state;
    delivery.nextAttemptAt = null;
    this.#save(delivery);
  }

  #post(delivery: Delivery): Promise<Attempt> {
    const posting = postWebhook(delivery, this.#agent, this.#ending.signal);
    this.#open.add(posting);
    return posting.finally(() => this.#open.delete(posting));
  }

  async #acquire() {
    if (this.#inFlight >= inFlightLimit) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#inFlight++;
  }

  #release() {
    this.#inFlight--;
    this.#queue.shift()?.();
  }

  #save(delivery: Delivery) {
    this.#options.journal.put("delivery", delivery.webhookId, delivery);
  }

  #forgetOldest() {
    for (const [webhookId, delivery] of this.#deliveries) {
      if (this.#deliveries.size <= keptDeliveries) return;
      if (delivery.state === "pending") continue;
      this.#deliveries.delete(webhookId);
      this.#options.journal.remove("delivery", webhookId);
    }
  }
}

function isDelivered({ status }: Attempt) {
  return status !== null && status >= 200 && status < 300;
}

function reportOf({ webhookId, topic, attempts }: Delivery): WebhookReport {
  return { webhookId, topic, attempts: [...attempts] };
}

function pick(payload: unknown, fields: string[]): unknown {
  if (typeof payload !== "object" || payload === null) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name)));
}
