import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { keyEnd } from "~/domain/license/key-end";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { createAsset } from "./create-asset";
import { createAttachment } from "./create-attachment";
import { createOrder } from "./create-order";
import { createShop } from "./create-shop";

type Options = Partial<
  Omit<Prisma.GrantUncheckedCreateInput, "lineId" | "attachmentId" | "assetId" | "poolId" | "poolKey" | "downloads">
> & {
  /** What it grants: a file of its own unless a pool (or another asset) is named. */
  assetId?: string;
  poolId?: string;
  /** The text of the key it holds; with a pool and without a text it holds none. */
  key?: string;
};

/** An active grant from the first line of a paid order, which is made when none is named. */
export async function createGrant({ assetId, poolId, key, ...columns }: Options = {}) {
  const order = await orderOf(columns.orderId, columns.shopId);
  const { shopId } = order;
  const line = order.lines[0];
  if (!line) throw new Error("A grant needs an order with a line");

  const given = poolId ? { poolId } : { assetId: assetId ?? (await createAsset({ shopId })).id };
  const attachment = await createAttachment({ ...given, productId: line.productId ?? undefined });
  const grant = await db.grant.create({
    data: {
      state: "active",
      downloadLimit: poolId ? null : 5,
      downloadLimitPerUnit: poolId ? null : 5,
      ...columns,
      ...given,
      shopId,
      orderId: order.id,
      lineId: line.id,
      attachmentId: attachment.id,
    },
    include: { order: true, line: true, asset: true, pool: true },
  });
  if (poolId && key) await giveKey({ shopId, poolId, grantId: grant.id, key });
  return grant;
}

async function orderOf(orderId: string | undefined, shopId: string | undefined) {
  if (!orderId) return createOrder({ shopId: shopId ?? (await createShop()).id });
  return db.order.findUniqueOrThrow({ where: { id: orderId }, include: { lines: { orderBy: { id: "asc" } } } });
}

async function giveKey({
  shopId,
  poolId,
  grantId,
  key,
}: {
  shopId: string;
  poolId: string;
  grantId: string;
  key: string;
}) {
  const columns = { state: "granted", grantId } as const;
  const hash = keyHash(shopId, key);
  await db.poolKey.upsert({
    where: { shopId_keyHash: { shopId, keyHash: hash } },
    update: columns,
    create: { shopId, poolId, ciphertext: encryptKey(shopId, key), keyHash: hash, keyEnd: keyEnd(key), ...columns },
  });
}
