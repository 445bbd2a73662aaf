import { db } from "~/db.server";
import { lackingLines, unknownNames } from "./past-orders.server";
import type { PastOrdersInput } from "./run-input";

export type PastOrdersPreview = {
  /** Orders that would get something, and what they would get in all. */
  orders: number;
  grants: number;
  /** Orders whose customer has no address to write to. */
  unaddressed: number;
  /** Of each pool: the keys it takes and those it has now. */
  pools: { id: string; name: string; needed: number; available: number; isMade: boolean }[];
  /** Order names that the shop does not have. */
  unknownNames: string[];
};

type Sums = { poolId: string | null; grants: number };

/** Counts what giving these attachments to past orders would do, without doing any of it. */
export async function previewPastOrders(
  shopId: string,
  { attachmentIds, which }: Pick<PastOrdersInput, "attachmentIds" | "which">,
  now: Date,
): Promise<PastOrdersPreview> {
  const lacking = lackingLines({ shopId, attachmentIds, which, before: now });
  const [sums, [orders], unknown] = await Promise.all([
    db.$queryRaw<Sums[]>`
      SELECT "poolId", sum("grants")::int AS "grants"
      FROM (SELECT DISTINCT ON (l."id", COALESCE(a."assetId", a."poolId")) a."poolId",
              CASE WHEN a."poolId" IS NULL THEN 1
                   WHEN (SELECT "keyFor" FROM "Pool" WHERE "id" = a."poolId") = 'line' THEN a."keysPerUnit"
                   ELSE l."currentQuantity" * a."keysPerUnit" END AS "grants"
            FROM ${lacking} ORDER BY l."id", COALESCE(a."assetId", a."poolId"), a."createdAt") AS lines
      GROUP BY "poolId"`,
    db.$queryRaw<{ orders: number; unaddressed: number }[]>`
      SELECT count(DISTINCT o."id")::int AS "orders",
             count(DISTINCT o."id") FILTER (WHERE o."email" IS NULL)::int AS "unaddressed"
      FROM ${lacking}`,
    which.kind === "names" ? unknownNames(db, shopId, which.names) : [],
  ]);
  return {
    orders: orders?.orders ?? 0,
    grants: sums.reduce((sum, { grants }) => sum + grants, 0),
    unaddressed: orders?.unaddressed ?? 0,
    pools: await stockOf(shopId, sums),
    unknownNames: unknown,
  };
}

async function stockOf(shopId: string, sums: Sums[]): Promise<PastOrdersPreview["pools"]> {
  const needed = new Map(sums.flatMap(({ poolId, grants }) => (poolId ? [[poolId, grants]] : [])));
  const pools = await db.pool.findMany({
    where: { shopId, id: { in: [...needed.keys()] } },
    select: {
      id: true,
      name: true,
      generatesOnDemand: true,
      _count: { select: { keys: { where: { state: "available" } } } },
    },
    orderBy: { name: "asc" },
  });
  return pools.map(({ id, name, generatesOnDemand, _count }) => {
    return { id, name, needed: needed.get(id) ?? 0, available: _count.keys, isMade: generatesOnDemand };
  });
}
