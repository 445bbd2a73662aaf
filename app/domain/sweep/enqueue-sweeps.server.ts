import { inTransaction, type Tx } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

const FULL_EVERY_MS = 24 * 3_600_000;

/**
 * Has every shop swept, and itself called again later.
 *
 * Once a day, and first of all, a shop is also swept in full. The two kinds may run side by side, so that the
 * long one never keeps the frequent one waiting.
 */
export function enqueueSweeps(now: Date, everySeconds: number): Promise<void> {
  return inTransaction(async (tx) => {
    const shops = await tx.shop.findMany({
      where: { uninstalledAt: null },
      select: { id: true, sweptUntil: true, fullySweptAt: true },
      orderBy: { id: "asc" },
    });
    for (const { id: shopId, sweptUntil, fullySweptAt } of shops) {
      const isFullDue = !fullySweptAt || now.getTime() - fullySweptAt.getTime() >= FULL_EVERY_MS;
      if (isFullDue) await enqueueSweep(tx, shopId, true);
      if (sweptUntil) await enqueueSweep(tx, shopId, false);
    }
    await enqueue(tx, "sweep", {}, "sweep", new Date(now.getTime() + everySeconds * 1_000));
  });
}

/** Has a shop swept, or the sweep under way gone on with; asked twice before it begins, it is done once. */
export function enqueueSweep(tx: Tx, shopId: string, isFull: boolean): Promise<void> {
  return enqueue(tx, "sweep_shop", { shopId, isFull }, `sweep_shop:${shopId}:${isFull ? "full" : "recent"}`);
}
