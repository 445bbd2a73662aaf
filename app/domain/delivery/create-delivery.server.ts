import type { Tx } from "~/db.server";
import { createDeliveries, type CreateDeliveriesInput, type CreatedDelivery } from "./create-deliveries.server";

export type CreateDeliveryInput = Omit<CreateDeliveriesInput, "orderIds"> & { orderId: string };

/** Has one order's customer told (see `createDeliveries`). */
export async function createDelivery(tx: Tx, { orderId, ...input }: CreateDeliveryInput): Promise<CreatedDelivery> {
  const [delivery] = await createDeliveries(tx, { ...input, orderIds: [orderId] });
  if (!delivery) throw new Error(`The shop has no order ${orderId} to tell of`);
  return delivery;
}
