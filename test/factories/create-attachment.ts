import { db } from "~/db.server";
import { createAsset } from "./create-asset";
import { nextNumber } from "./next-number";

type Options = {
  shopId?: string;
  /** Shopify gids; without a variant every variant gives it. */
  productId?: string;
  variantId?: string | null;
  /** What it gives: an asset of its own unless named. */
  assetId?: string;
  poolId?: string;
  keysPerUnit?: number;
  createdAt?: Date;
  detachedAt?: Date;
};

/** "This product (or this variant) gives that", since long ago. The shop is that of what it gives. */
export async function createAttachment(options: Options = {}) {
  const { shopId, assetId, poolId, ...columns } = options;
  const given = poolId
    ? await db.pool.findUniqueOrThrow({ where: { id: poolId } })
    : assetId
      ? await db.asset.findUniqueOrThrow({ where: { id: assetId } })
      : await createAsset({ shopId });

  return db.attachment.create({
    data: {
      productId: `gid://shopify/Product/${nextNumber()}`,
      createdAt: new Date("2020-01-01T00:00:00Z"),
      ...columns,
      shopId: given.shopId,
      ...(poolId ? { poolId } : { assetId: given.id }),
    },
  });
}
