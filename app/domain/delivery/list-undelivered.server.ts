import { Prisma, type DeliveryKind } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import { isUndelivered } from "./undelivered.server";

export type UndeliveredOrder = {
  orderId: string;
  name: string;
  email: string | null;
  kind: DeliveryKind;
  state: "failed" | "unaddressed";
  problem: string | null;
  createdAt: Date;
};

export type ListUndeliveredInput = { shopId: string; cursor?: string; limit?: number; now: Date };

/** The orders of the last 60 days whose customers could not be told, newest first, a page at a time. */
export async function listUndelivered({ shopId, cursor, limit = 50, now }: ListUndeliveredInput) {
  const found = await db.$queryRaw<(UndeliveredOrder & { id: string })[]>`
    SELECT d."id", d."orderId", o."name", o."email", d."kind"::text, d."state"::text, d."problem", d."createdAt"
    FROM "Delivery" d JOIN "Order" o ON o."id" = d."orderId"
    WHERE ${isUndelivered(shopId, now)} ${after(cursor)}
    ORDER BY d."createdAt" DESC, d."id" DESC
    LIMIT ${limit + 1}`;
  const last = found.length > limit ? found[limit - 1] : undefined;

  return {
    orders: found.slice(0, limit).map(({ id: _, ...order }): UndeliveredOrder => order),
    next: last ? `${last.createdAt.getTime()}_${last.id}` : null,
  };
}

/** @returns how many orders that are: those that failed, and those that have no address. */
export async function countUndelivered(shopId: string, now: Date): Promise<{ failed: number; unaddressed: number }> {
  const [counts] = await db.$queryRaw<{ failed: number; unaddressed: number }[]>`
    SELECT count(*) FILTER (WHERE d."state" = 'failed')::int AS "failed",
           count(*) FILTER (WHERE d."state" = 'unaddressed')::int AS "unaddressed"
    FROM "Delivery" d JOIN "Order" o ON o."id" = d."orderId"
    WHERE ${isUndelivered(shopId, now)}`;
  return counts ?? { failed: 0, unaddressed: 0 };
}

/** Anything that is no cursor of ours begins at the newest. */
function after(cursor = ""): Prisma.Sql {
  const [, at, id] = /^(\d{1,14})_(.{36})$/.exec(cursor) ?? [];
  if (!at || !id || !isUuid(id)) return Prisma.empty;
  return Prisma.sql`AND (d."createdAt", d."id") < (${new Date(Number(at))}, ${id}::uuid)`;
}
