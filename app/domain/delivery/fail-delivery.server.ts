import type { Delivery, DeliveryState } from "@prisma/client";
import type { Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";

/**
 * Marks that a customer could not be told, which the merchant will hear.
 *
 * @param from  the states it may have now; in any other nothing is changed
 * @returns whether it was marked
 */
export async function failDelivery(
  tx: Tx,
  { id, shopId, orderId, kind }: Delivery,
  from: DeliveryState[],
  problem: string,
): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({
    where: { id, shopId, state: { in: from } },
    data: { state: "failed", problem, tokenCiphertext: null },
  });
  if (count === 0) return false;

  await recordAudit(tx, {
    shopId,
    actor: "worker",
    action: "undelivered",
    orderId,
    data: { deliveryId: id, kind, problem },
  });
  return true;
}
