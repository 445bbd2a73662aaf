import type { Tx } from "~/db.server";
import { decryptKey } from "./key-text.server";

export type ExposeKeysInput = {
  shopId: string;
  /** Pass only grants that the reader may see now. */
  grantIds: string[];
  now: Date;
};

/**
 * The texts of keys that are about to leave for their customer: on a page, in a mail, over a call.
 *
 * Written down first, read then: from here on none of them goes back to its pool, and one that went back meanwhile
 * is not among them. So a key whose text is out is never given to anyone else.
 *
 * @returns by grant id; a grant that is not active, or waits for its key, is not in it.
 * @throws when a stored text does not open (see `decryptKey`).
 */
export async function exposeKeys(tx: Tx, { shopId, grantIds, now }: ExposeKeysInput): Promise<Map<string, string>> {
  if (grantIds.length === 0) return new Map();

  // In the order in which `takeBackKeys` locks them.
  await tx.$executeRaw`
    WITH leaving AS (
      SELECT "id" FROM "Grant"
      WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${grantIds}::uuid[]) AND "state" = 'active' AND "exposedAt" IS NULL
      ORDER BY "id" FOR NO KEY UPDATE
    )
    UPDATE "Grant" g SET "exposedAt" = ${now} FROM leaving WHERE g."id" = leaving."id"`;
  const keys = await tx.$queryRaw<{ grantId: string; ciphertext: Uint8Array<ArrayBuffer> }[]>`
    SELECT k."grantId", k."ciphertext" FROM "PoolKey" k JOIN "Grant" g ON g."id" = k."grantId"
    WHERE g."shopId" = ${shopId}::uuid AND g."id" = ANY(${grantIds}::uuid[])
      AND g."state" = 'active' AND g."exposedAt" IS NOT NULL`;
  return new Map(keys.map(({ grantId, ciphertext }) => [grantId, decryptKey(shopId, ciphertext)]));
}
