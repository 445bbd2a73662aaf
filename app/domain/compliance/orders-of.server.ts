import type { Prisma } from "@prisma/client";
import type { Subject } from "./subject";

/** The orders of a privacy request's customer: those named, and those under the same id or address. */
export function ordersOf(shopId: string, { customerId, email, orderIds }: Subject): Prisma.OrderWhereInput {
  const ways: Prisma.OrderWhereInput[] = [{ shopifyId: { in: orderIds } }];
  if (customerId) ways.push({ customerId });
  if (email) ways.push({ email: { equals: email, mode: "insensitive" } });

  return { shopId, OR: ways };
}
