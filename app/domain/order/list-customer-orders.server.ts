import { validate as isUuid } from "uuid";
import { db } from "~/db.server";

const ORDERS_PER_PAGE = 10;

export type CustomerOrder = { id: string; shopifyId: string; name: string };

/**
 * A signed-in customer's orders that gave something, newest first.
 *
 * @param after  what `next` of the page before said; null for the first page
 * @returns `next` is null on the last page; an `after` that is not ours counts as the first page.
 */
export async function listCustomerOrders(
  shopId: string,
  customerId: string,
  after: string | null,
): Promise<{ orders: CustomerOrder[]; next: string | null }> {
  const cursor = after === null ? null : readCursor(after);
  const found = await db.order.findMany({
    where: {
      shopId,
      customerId,
      grants: { some: {} },
      ...(cursor && {
        OR: [{ processedAt: { lt: cursor.processedAt } }, { processedAt: cursor.processedAt, id: { lt: cursor.id } }],
      }),
    },
    orderBy: [{ processedAt: "desc" }, { id: "desc" }],
    take: ORDERS_PER_PAGE + 1,
    select: { id: true, shopifyId: true, name: true, processedAt: true },
  });
  const orders = found.slice(0, ORDERS_PER_PAGE);
  const last = orders.at(-1);
  return { orders, next: found.length > orders.length && last ? writeCursor(last) : null };
}

function writeCursor({ processedAt, id }: { processedAt: Date; id: string }): string {
  return Buffer.from(`${processedAt.getTime()} ${id}`).toString("base64url");
}

function readCursor(text: string): { processedAt: Date; id: string } | null {
  const [, at, id] = /^(\d{1,14}) (.{36})$/.exec(Buffer.from(text, "base64url").toString()) ?? [];
  return at && id && isUuid(id) ? { processedAt: new Date(Number(at)), id } : null;
}
