import type { Shop, Sweep } from "@prisma/client";
import { db, inTransaction } from "~/db.server";
import type { OrderFacts } from "~/domain/order/order-facts";
import { reconcileOrder, type ReconcileResult } from "~/domain/order/reconcile-order.server";
import { listUpdatedOrders } from "~/gateways/shopify/list-updated-orders.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";
import { enqueue } from "~/jobs/enqueue.server";
import { beginSweep, heldFrom, HEARTBEAT_MS } from "./begin-sweep.server";
import { enqueueSweep } from "./enqueue-sweeps.server";

/** Then the rest is left to a further job, so that a long sweep keeps no worker from stopping. */
const STRETCH_MS = 30_000;

export type SweepShopInput = { shopId: string; isFull: boolean };

/**
 * Asks Shopify which orders changed and brings each to what Shopify says it is now: whatever webhook was lost,
 * late or refused, the order ends delivered.
 *
 * Cut off anywhere, it goes on after the last page that was done; what is done twice changes nothing. How far
 * the shop counts as swept moves only when all of it was done, to the moment it began.
 *
 * @throws what kept it from going on, after writing it down: it is to be repeated.
 */
export async function sweepShop({ shopId, isFull }: SweepShopInput, clock = () => new Date()): Promise<void> {
  const shop = await db.shop.findFirst({ where: { id: shopId, uninstalledAt: null } });
  const sweep = shop && (await beginSweep(shop, isFull, clock()));
  if (!sweep) return;

  const heart = setInterval(() => void stayHeld(sweep, clock()), HEARTBEAT_MS);
  try {
    await goOn(shop, sweep, clock);
  } catch (error) {
    const problem = error instanceof ShopifyUnavailable ? error.message : "Something failed within Featherpost";
    await db.sweep.update({ where: { id: sweep.id }, data: { problem, heldUntil: null } });
    throw error;
  } finally {
    clearInterval(heart);
  }
}

/** Missing a beat is no harm: two who sweep the same do it twice, which changes nothing. */
async function stayHeld({ id }: Sweep, now: Date) {
  const isUnderWay = { id, finishedAt: null, heldUntil: { not: null } };
  await db.sweep.updateMany({ where: isUnderWay, data: { heldUntil: heldFrom(now) } }).catch(() => {});
}

async function goOn(shop: Shop, sweep: Sweep, clock: () => Date) {
  const endsAt = clock().getTime() + STRETCH_MS;
  let { cursor } = sweep;
  do {
    const askedAt = new Date();
    const page = await listUpdatedOrders(shop.domain, sweep.from, cursor);
    for (const facts of page.orders) {
      const result = await bringUpToDate(shop.id, facts, askedAt, clock());
      if (result && hasChanged(result))
        await db.sweep.update({ where: { id: sweep.id }, data: { repaired: { increment: 1 } } });
    }
    cursor = page.next;
    const orders = { increment: page.orders.length };
    const heldUntil = heldFrom(clock());
    await db.sweep.update({ where: { id: sweep.id }, data: { cursor, orders, problem: null, heldUntil } });
    if (cursor && clock().getTime() >= endsAt) return leaveTheRest(sweep);
  } while (cursor);
  await finish(sweep, clock());
}

/** An order that fails is left to a job of its own, which tries longer: it keeps no other order waiting. */
async function bringUpToDate(
  shopId: string,
  facts: OrderFacts,
  askedAt: Date,
  now: Date,
): Promise<ReconcileResult | null> {
  try {
    return await reconcileOrder(shopId, facts, { source: "read", askedAt, actor: "sweep", now });
  } catch {
    const { shopifyId } = facts;
    await inTransaction((tx) =>
      enqueue(tx, "reconcile_order", { shopId, shopifyId }, `reconcile_order:${shopId}:${shopifyId}`),
    );
    return null;
  }
}

function hasChanged(result: ReconcileResult): boolean {
  if (result.kind !== "reconciled") return false;
  const { granted, waiting, resized, revoked, restored, held, released } = result;
  return granted + waiting + resized + revoked + restored + held + released > 0;
}

function leaveTheRest({ id, shopId, isFull }: Sweep): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.sweep.update({ where: { id }, data: { heldUntil: null } });
    await enqueueSweep(tx, shopId, isFull);
  });
}

/** A sweep that began before another one ended never moves the mark back. */
function finish({ id, shopId, isFull, startedAt }: Sweep, now: Date): Promise<void> {
  return inTransaction(async (tx) => {
    const { count } = await tx.sweep.updateMany({
      where: { id, finishedAt: null },
      data: { finishedAt: now, heldUntil: null, cursor: null, problem: null },
    });
    if (count === 0) return;
    await tx.$executeRaw`
      UPDATE "Shop" SET "sweptUntil" = GREATEST("sweptUntil", ${startedAt}),
        "fullySweptAt" = CASE WHEN ${isFull} THEN ${startedAt} ELSE "fullySweptAt" END
      WHERE "id" = ${shopId}::uuid`;
  });
}
