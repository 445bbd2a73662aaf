import { check, type Check } from "./check.ts";
import { ordersSeen, pageLinkIn, type SeenGrant } from "./customers.ts";
import { isPaid, type Owed } from "./owed.ts";
import { customerToken, inLanes, type Message, type ShopOrder, type ShopState, type World } from "./world.ts";

const LANES = 6;
/** The topics that carry the order itself. */
const TELLING = /^orders\/(paid|updated|cancelled)$/;

/** What customers see of their orders by their own calls is what they are owed. */
export async function checkCalls(
  world: World,
  { orders, webhooks, owed }: Pick<ShopState, "orders" | "webhooks"> & { owed: Owed[] },
): Promise<Check[]> {
  const arrived = new Set(
    webhooks
      .filter(({ topic, state }) => TELLING.test(topic) && state === "delivered")
      .map(({ webhookId }) => webhookId),
  );
  // A guest proves by the checkout token, and only webhooks tell it: where none came, there is the mail.
  const provable = orders.filter(
    ({ id, customerId }) => customerId !== null || world.webhooksOf.get(id)?.some((webhook) => arrived.has(webhook)),
  );
  const seen = await seenByCalls(world, provable);
  const owedOf = Map.groupBy(owed, ({ order }) => order.id);
  const keys = [...seen.values()].flatMap((grants) => grants.flatMap(({ key }) => key ?? []));
  const holders = Map.groupBy(keys, (key) => key);

  return [
    check("Customers see exactly what they are owed", provable, (order) => {
      const grants = seen.get(order.id);
      const due = owedOf.get(order.id) ?? [];
      if (!grants) return due.some((one) => one.grants > 0) ? `${order.name} is not shown to its customer` : null;
      const open = grants.filter(({ state }) => state === "active");
      const [keyCount, assetCount] = [open.filter(isKey).length, open.filter((grant) => !isKey(grant)).length];
      const [keysDue, assetsDue] = [sum(due, "key"), sum(due, "asset")];
      if (keyCount !== keysDue || assetCount !== assetsDue)
        return `${order.name} (${order.financialStatus}) shows ${keyCount} keys and ${assetCount} files, owed are ${keysDue} and ${assetsDue}`;
      return open.some((grant) => isKey(grant) && !grant.key) ? `${order.name} shows a key without its text` : null;
    }),
    check("No key is seen twice", holders, ([key, held]) =>
      held.length > 1 ? `${key} is seen ${held.length} times` : null,
    ),
  ];
}

/** By order. */
async function seenByCalls(world: World, orders: ShopOrder[]): Promise<Map<string, SeenGrant[]>> {
  const seen = new Map<string, SeenGrant[]>();
  const byCustomer = Map.groupBy(orders, ({ id, customerId }) => customerId ?? id);
  const viewers = [...byCustomer.values()].flatMap(([order]) => order ?? []);
  await inLanes(LANES, viewers, async (order) => {
    const token = await customerToken(world, order.customerId);
    for (const { id, grants } of await ordersSeen(world, token, order)) seen.set(id, grants);
  });
  return seen;
}

/** The pages that messages lead to open, and show every key. */
export async function checkPages(world: World, owed: Owed[], messages: Message[], most: number): Promise<Check> {
  const newestFirst = messages.flatMap((message) => {
    const link = pageLinkIn(message);
    return link ? [{ link, text: message.text }] : [];
  });
  const looked: { link: string; problem: string | null }[] = [];
  const due = Map.groupBy(owed, ({ order }) => order);
  await inLanes(LANES, newestFirst.slice(0, most), async ({ link, text }) => {
    const { status, text: page } = await world.call(link);
    const order = [...due.keys()].find(({ name }) => new RegExp(`${name}\\b`).test(text));
    const keysDue = order && isPaid(order) ? sum(due.get(order) ?? [], "key") : 0;
    const keys = new Set(page.match(/SYNTH[\w-]+-\w+/g)).size;
    const problem =
      status !== 200
        ? `${link} answers ${status}`
        : order && keys < keysDue
          ? `The page of ${order.name} shows ${keys} keys, owed are ${keysDue}`
          : null;
    looked.push({ link, problem });
  });
  return check("The pages of messages open and show every key", looked, ({ problem }) => problem);
}

function isKey({ kind }: SeenGrant): boolean {
  return kind === "key";
}

function sum(owed: Owed[], kind: Owed["kind"]): number {
  return owed.filter((one) => one.kind === kind).reduce((total, one) => total + one.grants, 0);
}
