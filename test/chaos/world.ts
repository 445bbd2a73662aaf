import { request } from "node:http";
import { text } from "node:stream/consumers";
import pg from "pg";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Random } from "./random.ts";

/** An order as the control calls tell of it. */
export type ShopOrder = {
  id: string;
  name: string;
  email: string | null;
  customerId: string | null;
  checkoutToken: string;
  financialStatus: string;
  cancelledAt: string | null;
  lines: { id: string; productId: string; variantId: string; quantity: number; currentQuantity: number }[];
};

export type ShopWebhook = { webhookId: string; topic: string; state: string; createdAt: string };

export type ShopState = {
  products: { id: string; title: string; variants: { id: string; title: string }[] }[];
  orders: ShopOrder[];
  webhooks: ShopWebhook[];
};

export type Message = { to: string[]; text: string; headers: Record<string, string> };

export type Answer = { status: number; text: string; location: string | null };

/** The running sandbox, and what a program can ask of it. */
export type World = {
  sandbox: Sandbox;
  random: Random;
  /** A control call. @returns null when the store refused it, as Shopify would */
  control<Body>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<Body | null>;
  /** A call of the app. `status` 0: it could not be reached. */
  call(path: string, init?: RequestInit): Promise<Answer>;
  /** A statement on the app's database, repeated while that is not there. */
  sql<Row extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>;
  /** The orders so far, each as the store told of it last, by id. */
  orders: Map<string, ShopOrder>;
  /** The webhooks that told of each order, by its id. */
  webhooksOf: Map<string, string[]>;
  /** How often the app gave each answer, by call. */
  answers: Map<string, number>;
};

const BROWSER = "Mozilla/5.0 (X11; Linux x64) Chrome/153";
const PATIENCE_MS = 30_000;

export function openWorld(sandbox: Sandbox, random: Random, opened: AsyncDisposableStack): World {
  const pool = new pg.Pool({ connectionString: sandbox.databaseUrl, max: 4 });
  pool.on("error", () => {}); // a connection that lay idle when PostgreSQL ended
  opened.defer(() => pool.end());
  const answers = new Map<string, number>();

  return {
    sandbox,
    random,
    orders: new Map(),
    webhooksOf: new Map(),
    answers,

    async control<Body>(method: string, path: string, body?: unknown) {
      const response = await askOnce(sandbox.urls.control + path, method, body);
      if (response.status >= 500) throw new Error(`${method} ${path} answered ${response.text}`);
      return response.status < 300 ? (JSON.parse(response.text) as Body) : null;
    },

    async call(path, init = {}) {
      const answer = await ask(new URL(path, sandbox.urls.app), init).catch(() => ({
        status: 0,
        text: "",
        location: null,
      }));
      const kind = `${init.method ?? "GET"} /${path.split(/[/?]/)[1]} ${answer.status}`;
      answers.set(kind, (answers.get(kind) ?? 0) + 1);
      return answer;
    },

    async sql<Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []) {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        try {
          return (await pool.query<Row>(statement, values)).rows;
        } catch (error) {
          const isAway = !(error instanceof pg.DatabaseError) || /^(57P|08)/.test(error.code ?? "");
          if (!isAway || Date.now() > deadline) throw error;
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
    },
  };
}

/** Over a connection of its own: a kept one may be closed at the moment it is used again, and what was asked be done or not. */
function askOnce(url: string, method: string, body: unknown): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, agent: false }, (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, text: said }), reject);
    });
    asking.on("error", reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function ask(url: URL, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...init,
    headers: { "User-Agent": BROWSER, ...init.headers },
  });
  return { status: response.status, text: await response.text(), location: response.headers.get("location") };
}

/** Does `work` for each item, so many at a time. */
export async function inLanes<Item>(lanes: number, items: readonly Item[], work: (item: Item) => Promise<unknown>) {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** A session token as the extensions have it; null: nobody is signed in. */
export async function customerToken(world: World, customerId: string | null): Promise<string> {
  const minted = await world.control<{ token: string }>("POST", "/tokens", { kind: "customer", customerId });
  return minted?.token ?? "";
}
