import type { Prisma } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { db } from "~/db.server";
import { keyEnd } from "~/domain/license/key-end";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { createGrant } from "./create-grant";
import { createPool } from "./create-pool";
import { createShop } from "./create-shop";
import { nextNumber } from "./next-number";

type Options = {
  shopId?: string;
  text?: string;
  /** Columns of its key, its pool and its grant. */
  key?: Partial<Prisma.PoolKeyUncheckedCreateInput>;
  pool?: Prisma.PoolUncheckedUpdateInput;
  grant?: Parameters<typeof createGrant>[0];
  /** Made by the merchant's software: without an order. */
  isIssued?: boolean;
};

/** A license: a key that an order's grant holds. Its text, its shop and the ids it is found by. */
export async function createLicense(options: Options = {}) {
  const shop = options.shopId ? await db.shop.findUniqueOrThrow({ where: { id: options.shopId } }) : await createShop();
  const text = options.text ?? `LICENSE-${String(nextNumber()).padStart(4, "0")}-ABCD`;
  const pool = await createPool({ shopId: shop.id });
  if (options.pool) await db.pool.update({ where: { id: pool.id }, data: options.pool });
  const grant = options.isIssued ? null : await createGrant({ shopId: shop.id, poolId: pool.id, ...options.grant });
  const key = await db.poolKey.create({
    data: {
      id: uuid(),
      shopId: shop.id,
      poolId: pool.id,
      ciphertext: encryptKey(shop.id, text),
      keyHash: keyHash(shop.id, text),
      keyEnd: keyEnd(text),
      state: "granted",
      grantId: grant?.id ?? null,
      issuedAt: options.isIssued ? new Date("2026-01-15T12:00:00Z") : null,
      ...options.key,
    },
  });
  return { shop, shopId: shop.id, text, pool, grant, keyId: key.id };
}
