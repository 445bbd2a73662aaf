import { Prisma } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
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
      data: { ip: null, userAgent: null, browserHash: null },
    });
    await closePages(tx, shopId, orderIds);
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

/** Deliveries stay to be counted; their links open nothing any more, and what is not sent yet has nobody to go to. */
async function closePages(tx: Tx, shopId: string, orderIds: string[]) {
  await tx.$executeRaw`
    UPDATE "Delivery" SET "tokenHash" = sha256(uuid_send(gen_random_uuid())), "tokenCiphertext" = NULL, "problem" = NULL,
      "state" = CASE "state" WHEN 'queued' THEN 'unaddressed' ELSE "state" END
    WHERE "shopId" = ${shopId}::uuid AND "orderId" = ANY(${orderIds}::uuid[])`;
}
