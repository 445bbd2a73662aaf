import { StoreRefusal, type LineQuantity, type Order, type OrderOutcome, type RiskLevel } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import { leaveNotice, type Exchange } from "../exchange.ts";

const riskLevels: readonly string[] = ["none", "low", "medium", "high"] satisfies RiskLevel[];

/** How long a page waits for the app to answer the webhooks of a change, so that it can already show the answer. */
const PATIENCE_MS = 2_000;

/**
 * What a merchant does with an order; what the store refuses is said to them.
 *
 * @returns false when there is no such verb
 */
export async function changeOrder(
  exchange: Exchange,
  context: FacesContext,
  order: Order,
  verb: string,
  form: URLSearchParams,
): Promise<boolean> {
  if (verb === "resend") {
    const [report] = await context.store.redeliver(form.get("webhookId") ?? "");
    const status = report?.attempts.at(-1)?.status;
    leaveNotice(
      exchange,
      status ? `${report?.topic} sent again: the app answered ${status}.` : "Sent again: the app did not answer.",
    );
    return true;
  }
  try {
    const change = changeOf(context, order, verb, form);
    if (!change) return false;
    await settled(change.outcome.webhooks);
    leaveNotice(exchange, change.done);
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    leaveNotice(exchange, error.message);
  }
  return true;
}

/** Waits for the app a little, as a payment page does; slower answers are seen later. */
export async function settled(webhooks: Promise<unknown>) {
  await Promise.race([webhooks, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

type Change = { outcome: OrderOutcome; done: string };

function changeOf({ store }: FacesContext, order: Order, verb: string, form: URLSearchParams): Change | null {
  switch (verb) {
    case "pay":
      return { outcome: store.payOrder(order.id), done: `${order.name} is marked as paid.` };
    case "cancel":
      return { outcome: store.cancelOrder(order.id), done: `${order.name} is canceled.` };
    case "fulfill":
      return { outcome: store.fulfillOrder(order.id), done: `${order.name} is fulfilled.` };
    case "risk": {
      const level = form.get("level") ?? "";
      if (!riskLevels.includes(level)) return null;
      return {
        outcome: store.setRisk(order.id, level as RiskLevel),
        done: `Fraud risk of ${order.name} is now ${level}.`,
      };
    }
    case "refund": {
      const lines = quantities(form, "line");
      const amount = form.get("amount")?.trim();
      if (lines.length === 0 && !amount)
        throw new StoreRefusal(422, "nothing_to_refund", "Nothing was refunded: choose units or enter an amount.");
      return {
        outcome: store.refundOrder(order.id, { ...(lines.length > 0 && { lines }), ...(amount && { amount }) }),
        done: `The refund of ${order.name} went through.`,
      };
    }
    case "edit":
      return { outcome: store.editOrder(order.id, edits(order, form)), done: `${order.name} is edited.` };
    default:
      return null;
  }
}

/** What is different from now: a line's new quantity, or a variant added. */
function edits(order: Order, form: URLSearchParams) {
  const add: { variantId: string; quantity: number }[] = [];
  const remove: LineQuantity[] = [];
  for (const line of order.lines) {
    const wanted = form.get(`line:${line.id}`);
    if (wanted === null) continue;
    const change = Number(wanted) - line.currentQuantity;
    if (change > 0) add.push({ variantId: line.variantId, quantity: change });
    if (change < 0) remove.push({ lineId: line.id, quantity: -change });
  }
  const variantId = form.get("variantId");
  if (variantId) add.push({ variantId, quantity: Number(form.get("quantity") ?? 1) });
  if (add.length + remove.length === 0) throw new StoreRefusal(422, "nothing_to_edit", "Nothing was changed.");
  return { ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) };
}

function quantities(form: URLSearchParams, name: string): LineQuantity[] {
  return [...form].flatMap(([key, value]) => {
    const quantity = Number(value);
    return key.startsWith(`${name}:`) && quantity > 0 ? [{ lineId: key.slice(name.length + 1), quantity }] : [];
  });
}
