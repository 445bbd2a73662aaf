import { v7 as uuidV7 } from "uuid";
import { db } from "~/db.server";

export type CreatePoolInput = { shopId: string; name: string; activationLimit: number | null };

export type CreatePoolResult = { kind: "created"; poolId: string } | { kind: "refused"; reason: "name_taken" };

/**
 * Makes an empty pool.
 *
 * @param input.name             unique among the shop's pools, archived ones too; compared exactly
 * @param input.activationLimit  machines one key may be activated on; null: unlimited
 */
export async function createPool(input: CreatePoolInput): Promise<CreatePoolResult> {
  const poolId = uuidV7();
  const { count } = await db.pool.createMany({ data: [{ id: poolId, ...input }], skipDuplicates: true });

  return count === 1 ? { kind: "created", poolId } : { kind: "refused", reason: "name_taken" };
}
