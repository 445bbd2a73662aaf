import type { Tx } from "~/db.server";
import { decryptKey } from "./key-text.server";

/**
 * The texts of the keys that grants hold.
 *
 * Says nothing of who may see them: pass only grants that the reader may see now.
 *
 * @returns by grant id; a grant that waits for its key, or belongs to another shop, is not in it.
 * @throws when a stored text does not open (see `decryptKey`).
 */
export async function readKeys(tx: Tx, shopId: string, grantIds: string[]): Promise<Map<string, string>> {
  const keys = await tx.poolKey.findMany({
    where: { shopId, grantId: { in: grantIds } },
    select: { grantId: true, ciphertext: true },
  });

  const texts = new Map<string, string>();
  for (const { grantId, ciphertext } of keys) {
    if (grantId) texts.set(grantId, decryptKey(shopId, ciphertext));
  }
  return texts;
}
