import { inTransaction } from "~/db.server";
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
 * Facts of an order that were sent before and come after may name the old customer again; the sweep, which reads the
 * order, puts that right.
 *
 * @returns how many orders; telling it twice changes nothing.
 */
export function mergeCustomers({ shopId, keptId, deletedId }: MergeCustomersInput): Promise<number> {
  return inTransaction(async (tx) => {
    const { count } = await tx.order.updateMany({
      where: { shopId, customerId: deletedId },
      data: { customerId: keptId },
    });
    const data = { orders: count };
    if (count > 0) await recordAudit(tx, { shopId, actor: "shopify", action: "customers_merged", data });
    return count;
  });
}
