import { db } from "~/db.server";
import { keyEnd } from "~/domain/license/key-end";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { createShop } from "./create-shop";
import { nextNumber } from "./next-number";

type Options = {
  shopId?: string;
  name?: string;
  /** The texts, given out in this order, or how many. */
  keys?: number | string[];
  activationLimit?: number | null;
};

/** A pool with available keys. Counted ones are called `KEY-<pool>-0001` and so on. */
export async function createPool(options: Options = {}) {
  const shopId = options.shopId ?? (await createShop()).id;
  const number = nextNumber();
  const { name = `Pool ${number}`, keys = 0, activationLimit = null } = options;
  const texts = typeof keys === "number" ? countedKeys(number, keys) : keys;

  const pool = await db.pool.create({ data: { shopId, name, activationLimit } });
  await db.poolKey.createMany({
    data: texts.map((text) => ({
      shopId,
      poolId: pool.id,
      ciphertext: encryptKey(shopId, text),
      keyHash: keyHash(shopId, text),
      keyEnd: keyEnd(text),
    })),
  });
  return pool;
}

function countedKeys(pool: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `KEY-${pool}-${String(index + 1).padStart(4, "0")}`);
}
