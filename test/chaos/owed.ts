import type { ShopOrder, World } from "./world.ts";

/** What the customer of one line is owed of one attachment, by what the store says and not by what the app stored. */
export type Owed = {
  order: ShopOrder;
  lineId: string;
  attachmentId: string;
  kind: "asset" | "key";
  /** Paid units; 0: nothing may be open. */
  units: number;
  /** Grants there have to be. */
  grants: number;
};

type Attachment = {
  id: string;
  productId: string;
  variantId: string | null;
  poolId: string | null;
  keysPerUnit: number;
};

export async function whatIsOwed(world: World, orders: ShopOrder[]): Promise<Owed[]> {
  const attachments = await world.sql<Attachment>(
    `SELECT "id", "productId", "variantId", "poolId", "keysPerUnit" FROM "Attachment" WHERE "detachedAt" IS NULL`,
  );
  return orders.flatMap((order) =>
    order.lines.flatMap((line) =>
      attachments
        .filter(
          ({ productId, variantId }) =>
            productId === line.productId && (variantId ?? line.variantId) === line.variantId,
        )
        .map((attachment): Owed => {
          const units = isPaid(order) ? line.currentQuantity : 0;
          const kind = attachment.poolId ? "key" : "asset";
          const grants = kind === "key" ? units * attachment.keysPerUnit : Math.min(1, units);
          return { order, lineId: line.id, attachmentId: attachment.id, kind, units, grants };
        }),
    ),
  );
}

export function isPaid({ financialStatus, cancelledAt }: ShopOrder): boolean {
  return !cancelledAt && (financialStatus === "paid" || financialStatus === "partially_refunded");
}
