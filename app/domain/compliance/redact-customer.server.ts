import { Prisma } from "@prisma/client";
import { inTransaction } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { ordersOf } from "./orders-of.server";
import type { Subject } from "./subject";

/** Blanks what identifies a customer, in one transaction. Orders, grants and counts stay as they were. */
export function redactCustomer(
  shopId: string,
  complianceRequestId: string,
  subject: Subject,
  now: Date,
): Promise<void> {
  return inTransaction(async (tx) => {
    const orders = await tx.order.findMany({ where: ordersOf(shopId, subject), select: { id: true } });
    const orderIds = orders.map((order) => order.id);

    await tx.order.updateMany({
      where: { shopId, id: { in: orderIds } },
      data: { email: null, customerId: null, checkoutTokenHash: null, redactedAt: now },
    });
    await tx.download.updateMany({
      where: { shopId, grant: { orderId: { in: orderIds } } },
      data: { ip: null, userAgent: null },
    });
    await tx.complianceRequest.updateMany({
      where: { shopId, topic: "customers/data_request", report: { path: ["customer"], equals: subject } },
      data: { report: Prisma.DbNull },
    });
    await tx.complianceRequest.update({
      where: { id: complianceRequestId },
      data: { payload: Prisma.DbNull, completedAt: now },
    });
    await recordAudit(tx, { shopId, actor: "shopify", action: "redacted", data: { orders: orderIds.length } });
  });
}
