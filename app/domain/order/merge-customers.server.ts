import { inTransaction, type Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";

export type MergeCustomersInput = {
  shopId: string;
  /** Shopify gids. */
  keptId: string;
  deletedId: string;
};

/**
 * Gives a customer the orders of another whom Shopify made one with them: their account shows both.
 *
 * Merges are kept, so that a chain of them ends at the same customer in whatever order its links are told. Facts of an
 * order that were sent before and come after may name the old customer again; the sweep, which reads the order, puts
 * that right.
 *
 * @returns how many orders; telling it twice changes nothing.
 */
export function mergeCustomers({ shopId, keptId, deletedId }: MergeCustomersInput): Promise<number> {
  return inTransaction(async (tx) => {
    const merge = { shopId, deletedId, keptId };
    await tx.$queryRaw`SELECT 1 FROM "Shop" WHERE "id" = ${shopId}::uuid FOR NO KEY UPDATE`; // one merge after the other
    await tx.customerMerge.upsert({
      where: { shopId_deletedId: { shopId, deletedId } },
      create: merge,
      update: { keptId },
    });
    const { count } = await tx.order.updateMany({
      where: { shopId, customerId: deletedId },
      data: { customerId: await lastKept(tx, shopId, keptId) },
    });
    const data = { orders: count };
    if (count > 0) await recordAudit(tx, { shopId, actor: "shopify", action: "customers_merged", data });
    return count;
  });
}

/** Whom a customer has become by now. */
async function lastKept(tx: Tx, shopId: string, customerId: string): Promise<string> {
  const known = new Set([customerId]);
  for (let id = customerId; ;) {
    const next = await tx.customerMerge.findUnique({ where: { shopId_deletedId: { shopId, deletedId: id } } });
    if (!next || known.has(next.keptId)) return id;
    known.add((id = next.keptId));
  }
}
