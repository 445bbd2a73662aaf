import { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { addressesOf } from "./addresses-of.server";
import { ordersOf } from "./orders-of.server";
import type { Subject } from "./subject";

const machines = { select: { fingerprint: true, name: true, ip: true, createdAt: true, seenAt: true } } as const;

/** Gathers everything held on a customer, for the merchant to hand over. Keys are named by their last characters. */
export async function reportCustomer(shopId: string, complianceRequestId: string, subject: Subject, now: Date) {
  const orders = await db.order.findMany({
    where: ordersOf(shopId, subject),
    orderBy: { processedAt: "asc" },
    select: {
      id: true,
      name: true,
      shopifyId: true,
      email: true,
      customerId: true,
      locale: true,
      financialStatus: true,
      processedAt: true,
      lines: { select: { title: true, variantTitle: true, sku: true, quantity: true, currentQuantity: true } },
      deliveries: {
        select: { kind: true, state: true, address: true, createdAt: true, sentAt: true, expiresAt: true },
      },
      grants: {
        select: {
          state: true,
          createdAt: true,
          expiresAt: true,
          used: true,
          downloadLimit: true,
          asset: { select: { title: true } },
          pool: { select: { name: true } },
          poolKey: { select: { keyEnd: true, activations: machines } },
          downloads: { select: { at: true, ip: true, userAgent: true, outcome: true } },
        },
      },
    },
  });
  const orderIds = orders.map((order) => order.id);
  const licenses = await listIssued(shopId, await addressesOf(db, orderIds, subject));
  const history = await listDoings(shopId, orderIds);
  const report = {
    customer: subject,
    gatheredAt: now,
    orders: orders.map(({ id, ...order }) => ({ ...order, history: history.get(id) ?? [] })),
    licenses,
  };
  await db.complianceRequest.update({
    where: { id: complianceRequestId },
    data: {
      report: JSON.parse(JSON.stringify(report)) as Prisma.InputJsonObject,
      payload: Prisma.DbNull,
      completedAt: now,
    },
  });
}

/** Licenses that the merchant's software made for the customer, without an order. */
function listIssued(shopId: string, addresses: string[]) {
  return db.poolKey.findMany({
    where: { shopId, issuedAt: { not: null }, holderEmail: { in: addresses } },
    orderBy: { issuedAt: "asc" },
    select: {
      state: true,
      keyEnd: true,
      holderEmail: true,
      reference: true,
      note: true,
      issuedAt: true,
      expiresAt: true,
      pool: { select: { name: true } },
      activations: machines,
    },
  });
}

/** What customers and their software did, by order. */
async function listDoings(shopId: string, orderIds: string[]) {
  const entries = await db.auditEntry.findMany({
    where: { shopId, orderId: { in: orderIds }, actor: { in: ["customer", "software"] } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { orderId: true, at: true, action: true, ip: true, userAgent: true, data: true },
  });
  const byOrder = Map.groupBy(entries, ({ orderId }) => orderId);
  return new Map([...byOrder].map(([id, of]) => [id, of.map(({ orderId: _, ...entry }) => entry)]));
}
