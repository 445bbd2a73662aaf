import type { Pool } from "@prisma/client";
import { db } from "~/db.server";
import { countSales } from "./count-sales.server";
import { KeyRule } from "./key-rule";
import { countKeys, outlookOf, type PoolCounts, type PoolOutlook } from "./list-pools.server";

export type FoundPool = Pick<
  Pool,
  | "id"
  | "name"
  | "activationLimit"
  | "keyFor"
  | "validDays"
  | "validUntil"
  | "instructions"
  | "generatesOnDemand"
  | "archivedAt"
  | "lowAt"
  | "lowUnit"
  | "setsInventory"
  | "inventoryProblem"
> & {
  /** How its keys are made; null: they are only imported. */
  rule: KeyRule | null;
  counts: PoolCounts;
  outlook: PoolOutlook;
  /** Shopify gids of the products and variants that give its keys now; no variant: the whole product. */
  attachedTo: { productId: string; variantId: string | null; keysPerUnit: number }[];
};

/** One pool with what is in it and what gives from it; null when the shop has no such pool. */
export async function findPool(shopId: string, poolId: string, now = new Date()): Promise<FoundPool | null> {
  const pool = await db.pool.findFirst({
    where: { id: poolId, shopId },
    select: {
      id: true,
      name: true,
      activationLimit: true,
      keyFor: true,
      validDays: true,
      validUntil: true,
      instructions: true,
      rule: true,
      archivedAt: true,
      lowAt: true,
      lowUnit: true,
      setsInventory: true,
      inventoryProblem: true,
      generatesOnDemand: true,
      createdAt: true,
      attachments: {
        where: { detachedAt: null },
        select: { productId: true, variantId: true, keysPerUnit: true },
        orderBy: [{ productId: "asc" }, { variantId: "asc" }],
      },
    },
  });
  if (!pool) return null;

  const { attachments, ...columns } = pool;
  const [counts, sales] = await Promise.all([countKeys(poolId), countSales([poolId], now)]);
  const outlook = outlookOf(pool, counts, sales.get(poolId) ?? [], now);
  const rule = pool.rule === null ? null : KeyRule.parse(pool.rule);
  return { ...columns, rule, attachedTo: attachments, counts, outlook };
}
