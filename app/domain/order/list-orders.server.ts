import { Prisma, type GrantState } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import type { OrderFilter } from "./order-filter";

export type ListedOrder = {
  id: string;
  name: string;
  email: string | null;
  processedAt: Date;
  /** Shopify's, in lower case. */
  financialStatus: string;
  cancelledAt: Date | null;
  grants: Record<GrantState, number>;
};

export type ListOrdersInput = {
  shopId: string;
  only?: OrderFilter;
  /** A part of the order's name or of the customer's address, whatever its case. */
  search?: string;
  /** A `next` or `previous` of an earlier answer; anything else begins at the newest. */
  cursor?: string;
  limit?: number;
};

export type ListOrdersResult = { orders: ListedOrder[]; next: string | null; previous: string | null };

type OrderRow = Omit<ListedOrder, "grants">;

/** The orders that gave something (searched for: any order), newest first, a page at a time. */
export async function listOrders({
  shopId,
  only,
  search,
  cursor,
  limit = 25,
}: ListOrdersInput): Promise<ListOrdersResult> {
  const place = readCursor(cursor);
  const isBackward = place?.direction === "before";

  const found = await db.$queryRaw<OrderRow[]>`
    SELECT id, name, email, "processedAt", "financialStatus", "cancelledAt" FROM "Order"
    WHERE "shopId" = ${shopId}::uuid
      AND ${search?.trim() ? matching(search.trim()) : gaveSomething} AND ${only ? filters[only] : Prisma.sql`TRUE`}
      ${place ? beyond(place) : Prisma.empty}
    ORDER BY ${isBackward ? Prisma.sql`"processedAt", id` : Prisma.sql`"processedAt" DESC, id DESC`}
    LIMIT ${limit + 1}`;
  const hasMore = found.length > limit;
  const page = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const isFirst = !place || (isBackward && !hasMore);
  const isLast = !isBackward && !hasMore;

  return {
    orders: await withGrants(page),
    next: isLast ? null : cursorTo("after", page.at(-1)),
    previous: isFirst ? null : cursorTo("before", page[0]),
  };
}

const gaveSomething = Prisma.sql`EXISTS (SELECT 1 FROM "Grant" WHERE "Grant"."orderId" = "Order".id)`;

const filters: Record<OrderFilter, Prisma.Sql> = {
  held: Prisma.sql`id IN (SELECT "orderId" FROM "Grant" WHERE "Grant"."shopId" = "Order"."shopId" AND "state" = 'held')`,
  unfulfilled: Prisma.sql`"fulfillProblem" IS NOT NULL AND "cancelledAt" IS NULL`,
  disputed: Prisma.sql`"disputedAt" IS NOT NULL`,
};

type Place = { direction: string; processedAt: Date; id: string };

function beyond({ direction, processedAt, id }: Place): Prisma.Sql {
  return direction === "before"
    ? Prisma.sql`AND ("processedAt", id) > (${processedAt}, ${id}::uuid)`
    : Prisma.sql`AND ("processedAt", id) < (${processedAt}, ${id}::uuid)`;
}

function matching(search: string): Prisma.Sql {
  // PostgreSQL has no null character; what stands in for it matches nothing either.
  const pattern = `%${search.replaceAll(/[\\%_]/g, "\\$&").replaceAll("\0", "\uFFFD")}%`;
  return Prisma.sql`(name ILIKE ${pattern} OR email ILIKE ${pattern})`;
}

async function withGrants(orders: OrderRow[]): Promise<ListedOrder[]> {
  const counts = await db.grant.groupBy({
    by: ["orderId", "state"],
    where: { orderId: { in: orders.map(({ id }) => id) } },
    _count: true,
  });
  return orders.map((order) => {
    const grants = { active: 0, waiting: 0, held: 0, revoked: 0 };
    for (const { orderId, state, _count } of counts) if (orderId === order.id) grants[state] = _count;
    return { ...order, grants };
  });
}

function readCursor(cursor = ""): Place | null {
  const [, direction, at, id] = /^(after|before)_(\d{1,14})_(.{36})$/.exec(cursor) ?? [];
  return direction && at && id && isUuid(id) ? { direction, processedAt: new Date(Number(at)), id } : null;
}

function cursorTo(direction: "after" | "before", order: OrderRow | undefined): string | null {
  return order ? `${direction}_${order.processedAt.getTime()}_${order.id}` : null;
}
