import { Prisma } from "@prisma/client";
import type { Tx } from "~/db.server";
import type { PastOrdersInput } from "./run-input";

export type Asked = Pick<PastOrdersInput, "attachmentIds" | "which"> & {
  shopId: string;
  /** Orders first heard of after that are not meant. */
  before: Date;
};

/**
 * Lines that were paid before these attachments stood, and were not given what these give: `o` the order, `l` the
 * line, `a` the attachment. Paid as `isPaid` says.
 */
export function lackingLines({ shopId, attachmentIds, which, before }: Asked): Prisma.Sql {
  return Prisma.sql`
    "Order" o
    JOIN "OrderLine" l ON l."orderId" = o."id" AND l."currentQuantity" > 0
    JOIN "Attachment" a ON a."id" = ANY(${attachmentIds}::uuid[]) AND a."shopId" = o."shopId" AND a."detachedAt" IS NULL
      AND a."productId" = l."productId" AND (a."variantId" IS NULL OR a."variantId" = l."variantId")
    WHERE o."shopId" = ${shopId}::uuid AND o."createdAt" <= ${before} AND o."cancelledAt" IS NULL
      AND (o."financialStatus" IN ('paid', 'partially_refunded')
           OR (o."isFree" AND o."financialStatus" NOT IN ('refunded', 'voided')))
      AND o."paidAt" < date_trunc('second', a."createdAt")
      AND ${chosen(which)}
      AND NOT EXISTS (
        SELECT 1 FROM "Grant" g
        WHERE g."lineId" = l."id" AND (g."assetId" = a."assetId" OR g."poolId" = a."poolId"))`;
}

function chosen(which: Asked["which"]): Prisma.Sql {
  if (which.kind === "all") return Prisma.sql`TRUE`;
  if (which.kind === "names") return Prisma.sql`o."name" = ANY(${withMark(which.names)}::text[])`;
  return Prisma.sql`o."processedAt" >= ${new Date(which.from)} AND o."processedAt" < ${new Date(which.to)}`;
}

/** "1001" is how people write "#1001". */
function withMark(names: string[]): string[] {
  return names.flatMap((name) => (name.startsWith("#") ? [name] : [name, `#${name}`]));
}

/** How many orders lack something of it. */
export async function countPastOrders(tx: Tx, asked: Asked): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT o."id")::int AS "count" FROM ${lackingLines(asked)}`;
  return row?.count ?? 0;
}

/** The names, of those asked for, that no order of the shop has. */
export async function unknownNames(tx: Tx, shopId: string, names: string[]): Promise<string[]> {
  const found = await tx.order.findMany({
    where: { shopId, name: { in: withMark(names) } },
    select: { name: true },
  });
  const known = new Set(found.map(({ name }) => name));
  return names.filter((name) => !withMark([name]).some((written) => known.has(written)));
}
