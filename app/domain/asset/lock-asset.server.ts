import type { Asset } from "@prisma/client";
import { validate as isUuid } from "uuid";
import type { Tx } from "~/db.server";

/**
 * Takes the shop's asset of this id for the rest of `tx`: whoever changes it or its versions queues behind.
 *
 * @returns null when the shop has none.
 */
export async function lockAsset(tx: Tx, shopId: string, assetId: string): Promise<Asset | null> {
  if (!isUuid(assetId)) return null;
  const [asset] = await tx.$queryRaw<Asset[]>`
    SELECT * FROM "Asset" WHERE id = ${assetId}::uuid AND "shopId" = ${shopId}::uuid FOR UPDATE`;
  return asset ?? null;
}
