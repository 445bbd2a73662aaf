import { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { ordersOf } from "./orders-of.server";
import type { Subject } from "./subject";

/** Gathers everything held on a customer, for the merchant to hand over. Keys are named by their last characters. */
export async function reportCustomer(shopId: string, complianceRequestId: string, subject: Subject, now: Date) {
  const orders = await db.order.findMany({
    where: ordersOf(shopId, subject),
    orderBy: { processedAt: "asc" },
    select: {
      name: true,
      shopifyId: true,
      email: true,
      customerId: true,
      locale: true,
      financialStatus: true,
      processedAt: true,
      lines: { select: { title: true, variantTitle: true, sku: true, quantity: true, currentQuantity: true } },
      deliveries: { select: { kind: true, state: true, createdAt: true, sentAt: true, expiresAt: true } },
      grants: {
        select: {
          state: true,
          createdAt: true,
          expiresAt: true,
          used: true,
          downloadLimit: true,
          asset: { select: { title: true } },
          pool: { select: { name: true } },
          poolKey: { select: { keyEnd: true } },
          downloads: { select: { at: true, ip: true, userAgent: true, outcome: true } },
        },
      },
    },
  });
  const report = JSON.parse(JSON.stringify({ customer: subject, gatheredAt: now, orders })) as Prisma.InputJsonObject;
  await db.complianceRequest.update({
    where: { id: complianceRequestId },
    data: { report, payload: Prisma.DbNull, completedAt: now },
  });
}
