import type { Pool } from "@prisma/client";
import { db } from "~/db.server";
import { countKeys, type PoolCounts } from "./list-pools.server";

export type FoundPool = Pick<Pool, "id" | "name" | "activationLimit" | "archivedAt"> & {
  counts: PoolCounts;
  /** Shopify gids of the products and variants that give its keys now; no variant: the whole product. */
  attachedTo: { productId: string; variantId: string | null; keysPerUnit: number }[];
};

/** One pool with what is in it and what gives from it; null when the shop has no such pool. */
export async function findPool(shopId: string, poolId: string): Promise<FoundPool | null> {
  const pool = await db.pool.findFirst({
    where: { id: poolId, shopId },
    select: {
      id: true,
      name: true,
      activationLimit: true,
      archivedAt: true,
      attachments: {
        where: { detachedAt: null },
        select: { productId: true, variantId: true, keysPerUnit: true },
        orderBy: [{ productId: "asc" }, { variantId: "asc" }],
      },
    },
  });
  if (!pool) return null;

  const { attachments, ...columns } = pool;
  return { ...columns, attachedTo: attachments, counts: await countKeys(poolId) };
}
