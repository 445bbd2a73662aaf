import type { Random } from "./random.ts";
import type { ShopOrder, ShopState, World } from "./world.ts";

type Line = { variantId: string; quantity: number };

/** Something done to an order, by its customer or its merchant; it works on the order as it is then. */
type Step =
  | { kind: "pay"; share: number }
  | { kind: "edit_add"; lines: Line[] }
  | { kind: "edit_remove"; from: number }
  | { kind: "refund_units"; from: number }
  | { kind: "refund_amount" }
  | { kind: "refund_all" }
  | { kind: "cancel" };

export type OrderPlan = {
  email: string | null;
  /** A guest has an address and no customer. */
  isGuest: boolean;
  financialStatus: "paid" | "pending" | "authorized" | "partially_paid";
  lines: Line[];
  steps: Step[];
};

const CUSTOMERS = 20;
const unpaid = ["pending", "authorized", "partially_paid"] as const;

/** What is going to happen to each order, before any of it does. */
export function planOrders(count: number, products: ShopState["products"], random: Random): OrderPlan[] {
  const variants = products.flatMap((product) => product.variants.map(({ id }) => id));
  const lines = (most: number): Line[] =>
    random
      .shuffled(variants)
      .slice(0, random.whole(1, most))
      .map((variantId) => ({ variantId, quantity: random.chance(0.05) ? 12 : random.whole(1, 3) }));

  return Array.from({ length: count }, (_, index): OrderPlan => {
    const isGuest = random.chance(0.15);
    const financialStatus = random.chance(0.8) ? "paid" : random.pick(unpaid);
    const steps: Step[] = [];
    if (financialStatus !== "paid" && random.chance(0.3)) steps.push({ kind: "pay", share: 0.5 });
    if (financialStatus !== "paid" && random.chance(0.8)) steps.push({ kind: "pay", share: 1 });
    if (random.chance(0.2)) steps.push({ kind: "edit_add", lines: lines(2) }, { kind: "pay", share: 1 });
    if (random.chance(0.1)) steps.push({ kind: "edit_remove", from: random.next() });
    if (random.chance(0.2)) steps.push({ kind: "refund_units", from: random.next() });
    if (random.chance(0.08)) steps.push({ kind: "refund_amount" });
    if (random.chance(0.08)) steps.push(random.pick([{ kind: "refund_all" }, { kind: "cancel" }]));
    const customer = `customer-${String(random.whole(1, CUSTOMERS)).padStart(2, "0")}@chaos.example`;
    const email = isGuest ? (random.chance(0.1) ? null : `guest-${index}@chaos.example`) : customer;
    return { email, isGuest, financialStatus, lines: lines(3), steps };
  });
}

type Outcome = { order: ShopOrder; webhooks: { webhookId: string }[] };

/** Places an order. @returns it as the store has it, and the webhooks that tell of it */
export async function place(world: World, { email, isGuest, financialStatus, lines }: OrderPlan): Promise<Outcome> {
  const body = { email, financialStatus, lines, ...(isGuest && { customer: false }) };
  const placed = await world.control<Outcome>("POST", "/orders", body);
  if (!placed) throw new Error(`The store refused an order: ${JSON.stringify(body)}`);
  return remember(world, placed);
}

/** Takes one step. @returns the order after it; as it was when Shopify would refuse that */
export async function take(world: World, order: ShopOrder, step: Step): Promise<Outcome> {
  const call = callFor(order, step);
  if (!call) return { order, webhooks: [] };
  const at = `/orders/${encodeURIComponent(order.id)}/${call.verb}`;
  const changed = await world.control<Outcome>("POST", at, call.body);
  return changed ? remember(world, changed) : { order, webhooks: [] };
}

function remember(world: World, outcome: Outcome): Outcome {
  const { orders, webhooksOf } = world;
  orders.set(outcome.order.id, outcome.order);
  const ids = outcome.webhooks.map(({ webhookId }) => webhookId);
  webhooksOf.set(outcome.order.id, [...(webhooksOf.get(outcome.order.id) ?? []), ...ids]);
  return outcome;
}

function callFor(order: ShopOrder, step: Step): { verb: string; body: unknown } | null {
  switch (step.kind) {
    case "pay":
      return { verb: "pay", body: step.share < 1 ? { amount: "7.00" } : {} };
    case "edit_add":
      return { verb: "edit", body: { add: step.lines } };
    case "edit_remove": {
      const line = lineFrom(order, step.from);
      return line && { verb: "edit", body: { remove: [line] } };
    }
    case "refund_units": {
      const line = lineFrom(order, step.from);
      return line && { verb: "refund", body: { lines: [line] } };
    }
    case "refund_amount":
      return { verb: "refund", body: { amount: "1.00" } };
    case "refund_all":
      return { verb: "refund", body: {} };
    case "cancel":
      return { verb: "cancel", body: {} };
  }
}

/** One line that has units left, and how many of them. */
function lineFrom({ lines }: ShopOrder, from: number): { lineId: string; quantity: number } | null {
  const left = lines.filter(({ currentQuantity }) => currentQuantity > 0);
  const line = left[Math.floor(from * left.length)];
  return line ? { lineId: line.id, quantity: Math.ceil(from * line.currentQuantity) || 1 } : null;
}
