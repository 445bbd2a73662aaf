import type { Pool } from "@prisma/client";
import type { Tx } from "~/db.server";

/**
 * Holds a pool until `tx` ends: callers queue behind each other, and so do orders that find it empty.
 *
 * Orders that find keys in it are not held up.
 *
 * @returns null when the shop has no such pool.
 */
export async function lockPool(tx: Tx, shopId: string, poolId: string): Promise<Pool | null> {
  const [locked] = await tx.$queryRaw<Pool[]>`
    SELECT * FROM "Pool" WHERE id = ${poolId}::uuid AND "shopId" = ${shopId}::uuid FOR NO KEY UPDATE`;
  return locked ?? null;
}
