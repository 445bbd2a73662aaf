import type { AuditEntry } from "@prisma/client";
import { db } from "~/db.server";

/** One line of the audit, with the name of the order it is about. */
export type Activity = Pick<AuditEntry, "id" | "at" | "actor" | "action" | "data"> & {
  order: { id: string; name: string } | null;
};

/** What happened lately, newest first. */
export async function listActivity(shopId: string, limit: number): Promise<Activity[]> {
  const entries = await db.auditEntry.findMany({
    where: { shopId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
  });
  const orderIds = entries.flatMap(({ orderId }) => (orderId ? [orderId] : []));
  const orders = await db.order.findMany({
    where: { shopId, id: { in: orderIds } },
    select: { id: true, name: true },
  });
  const byId = new Map(orders.map((order) => [order.id, order]));

  return entries.map(({ id, at, actor, action, data, orderId }) => {
    return { id, at, actor, action, data, order: (orderId && byId.get(orderId)) || null };
  });
}
