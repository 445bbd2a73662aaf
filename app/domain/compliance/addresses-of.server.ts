import type { Tx } from "~/db.server";
import type { Subject } from "./subject";

/** In lower case: the address a privacy request names, and those on the orders that it is about. */
export async function addressesOf(tx: Tx, orderIds: string[], { email }: Subject): Promise<string[]> {
  const orders = await tx.order.findMany({
    where: { id: { in: orderIds }, email: { not: null } },
    select: { email: true },
    distinct: ["email"],
  });
  const all = [email, ...orders.map((order) => order.email)];
  return [...new Set(all.flatMap((address) => (address ? [address.toLowerCase()] : [])))];
}
