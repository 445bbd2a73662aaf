import { randomUUID } from "node:crypto";
import { activateAtOnce, type ShownKeys } from "./machines.ts";
import { pause } from "./trouble.ts";
import { customerToken, type Message, type ShopOrder, type World } from "./world.ts";

const LANES = 6;
/** What a customer waits who saw nothing. */
const AWAY_MS = 200;
/** Of one visit. */
const GRANTS = 3;

export type SeenGrant = {
  id: string;
  kind: "file" | "link" | "key";
  title: string;
  state: "active" | "waiting" | "held" | "revoked";
  key: string | null;
  downloadsLeft: number | null;
};

export type SeenOrder = { id: string; grants: SeenGrant[] };

/** What customers were let have. */
export type Had = {
  /** How many, by grant. */
  downloads: Map<string, number>;
  keys: ShownKeys;
};

/** Goes on looking at orders and downloading until `ended`, as many at once as there are customers at it. */
export async function beCustomers(world: World, ended: AbortSignal): Promise<Had> {
  const had: Had = { downloads: new Map(), keys: new Map() };
  const lane = async () => {
    while (!ended.aborted) {
      const known = [...world.orders.values()];
      if (known.length === 0) await pause(AWAY_MS);
      else await visit(world, world.random.pick(known), had);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return had;
}

async function visit(world: World, order: ShopOrder, { downloads, keys }: Had) {
  if (order.email && world.random.chance(0.3)) return visitPage(world, order.email, downloads);

  const token = await customerToken(world, order.customerId);
  const seen = await ordersSeen(world, token, order);
  if (seen.length === 0) return pause(AWAY_MS);
  const open = seen.flatMap(({ grants }) => grants).filter(({ state }) => state === "active");
  for (const grant of world.random.shuffled(open).slice(0, GRANTS)) {
    if (grant.key) {
      keys.set(grant.key, grant.id);
      await activateAtOnce(world, grant.key);
    } else if (grant.kind !== "key") {
      await downloadAtOnce(world, { token, checkout: order.checkoutToken, grant }, downloads);
    }
  }
}

type Wish = { token: string; checkout: string; grant: SeenGrant };

/** More browsers at once than the limit allows: the statement that counts has to stop them. */
async function downloadAtOnce(world: World, { token, checkout, grant }: Wish, downloads: Had["downloads"]) {
  const browsers = Array.from({ length: world.random.pick([1, 2, 8]) }, () => randomUUID());
  const answers = await Promise.all(
    browsers.map((browser) =>
      world.call("/customer/downloads", {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ grantId: grant.id, checkout, browser }),
      }),
    ),
  );
  const given = answers.filter(({ status }) => status === 200).length;
  downloads.set(grant.id, (downloads.get(grant.id) ?? 0) + given);
}

/** All orders of a signed-in customer; of a guest the one whose checkout token is known. */
export async function ordersSeen(world: World, token: string, order: ShopOrder): Promise<SeenOrder[]> {
  const headers = { Authorization: `Bearer ${token}` };
  if (!order.customerId) {
    const query = new URLSearchParams({ order: order.id, checkout: order.checkoutToken });
    const { status, text } = await world.call(`/customer/deliveries?${query.toString()}`, { headers });
    if (status !== 200) return [];
    const seen = JSON.parse(text) as { order: { id: string }; grants: SeenGrant[] };
    return [{ id: seen.order.id, grants: seen.grants }];
  }
  const found: SeenOrder[] = [];
  let after: string | null = "";
  while (after !== null) {
    const { status, text } = await world.call(`/customer/deliveries?after=${encodeURIComponent(after)}`, { headers });
    if (status !== 200) return found;
    const page = JSON.parse(text) as { orders: SeenOrder[]; next: string | null };
    found.push(...page.orders);
    after = page.next;
  }
  return found;
}

async function visitPage(world: World, email: string, downloads: Had["downloads"]) {
  const inbox = await world.control<{ messages: Message[] }>("GET", `/inbox?to=${encodeURIComponent(email)}`);
  const message = inbox?.messages[0];
  const link = message && pageLinkIn(message);
  if (!link) return;

  const page = await world.call(link);
  const grantIds = [...page.text.matchAll(/action="\/d\/[^/"]+\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? "");
  const grantId = grantIds[world.random.whole(0, Math.max(0, grantIds.length - 1))];
  if (!grantId) return;
  const cookie = `browser=${randomUUID()}`;
  const answer = await world.call(`${link}/${grantId}`, { method: "POST", headers: { Cookie: cookie } });
  if (answer.status === 303 && answer.location) downloads.set(grantId, (downloads.get(grantId) ?? 0) + 1);
}

/** The path of the page that a message leads to. */
export function pageLinkIn({ text }: Message): string | null {
  return /\/d\/[\w-]{20,}/.exec(text)?.[0] ?? null;
}
