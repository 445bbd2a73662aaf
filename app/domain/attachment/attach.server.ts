import { v7 as uuid, validate as isUuid } from "uuid";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { isProductId, isVariantId } from "./product-id";
import { MAX_KEYS_PER_UNIT, type AttachmentTerms } from "./terms";

export type AttachInput = {
  shopId: string;
  /** gid://shopify/Product/… */
  productId: string;
  /** As the audit should name the product. */
  productTitle?: string;
  /** gid://shopify/ProductVariant/…, each of this product; null: the whole product. */
  variantIds: string[] | null;
  assetIds: string[];
  poolIds: string[];
  /** Keys from each pool for every unit bought, 1 to 100; 1 unless told. */
  keysPerUnit?: number;
  /** An earlier attachment of this shop whose terms are taken over. */
  likeAttachmentId?: string;
  actor?: AuditActor;
  now: Date;
};

export type AttachRefusal =
  | "nothing_chosen"
  | "bad_product_id"
  | "bad_variant_id"
  | "bad_keys_per_unit"
  | "unknown_asset"
  | "unknown_pool"
  | "unfinished_upload"
  | "archived";

export type AttachResult = { kind: "attached"; added: number } | { kind: "refused"; reason: AttachRefusal };

type Thing = { id: string; title: string; refusal: AttachRefusal | null };

/**
 * Makes a product, or single variants of it, give assets and keys from pools.
 *
 * All of it is attached or nothing. What is attached already stays as it is, its keys per unit too,
 * and counts as done: `added` says how many are new. Orders paid from `now` on get it.
 *
 * @returns `refused` with `nothing_chosen` when no thing or no variant is chosen, `unknown_…` for
 *   what this shop does not have, `unfinished_upload` for a file that has not arrived yet.
 */
export async function attach(input: AttachInput): Promise<AttachResult> {
  const { shopId, productId, productTitle, keysPerUnit = 1, actor = "worker", now } = input;
  const reason = misshapen(input);
  if (reason) return refused(reason);

  return inTransaction(async (tx) => {
    const assets = await lockAssets(tx, shopId, input.assetIds);
    const pools = await lockPools(tx, shopId, input.poolIds);
    if (!assets) return refused("unknown_asset");
    if (!pools) return refused("unknown_pool");
    const refusal = [...assets, ...pools].find((thing) => thing.refusal)?.refusal;
    if (refusal) return refused(refusal);

    const terms = await termsOf(tx, input);
    const places = input.variantIds === null ? [null] : [...new Set(input.variantIds)];
    const rows = places.flatMap((variantId) => [
      ...assets.map(({ id }) => ({ variantId, assetId: id, poolId: null, keysPerUnit: 1 })),
      ...pools.map(({ id }) => ({ variantId, assetId: null, poolId: id, keysPerUnit })),
    ]);
    const { count: added } = await tx.attachment.createMany({
      data: rows.map((row) => ({ ...row, ...terms, id: uuid(), shopId, productId, createdAt: now })),
      skipDuplicates: true,
    });
    if (added > 0) {
      const titles = [...assets, ...pools].map(({ title }) => title);
      const data = { productId, productTitle: productTitle ?? null, titles: titles.slice(0, 3), count: titles.length };
      await recordAudit(tx, { shopId, actor, action: "attached", data });
    }
    return { kind: "attached", added };
  });
}

function misshapen({ productId, variantIds, assetIds, poolIds, keysPerUnit = 1 }: AttachInput): AttachRefusal | null {
  if (!isProductId(productId)) return "bad_product_id";
  if (variantIds && !variantIds.every(isVariantId)) return "bad_variant_id";
  if (variantIds?.length === 0 || assetIds.length + poolIds.length === 0) return "nothing_chosen";
  if (!Number.isInteger(keysPerUnit) || keysPerUnit < 1 || keysPerUnit > MAX_KEYS_PER_UNIT) return "bad_keys_per_unit";
  if (!assetIds.every((id) => isUuid(id))) return "unknown_asset";
  if (!poolIds.every((id) => isUuid(id))) return "unknown_pool";
  return null;
}

async function termsOf(tx: Tx, { shopId, likeAttachmentId }: AttachInput): Promise<Partial<AttachmentTerms>> {
  if (!isUuid(likeAttachmentId)) return {};
  const terms = await tx.attachment.findFirst({
    where: { id: likeAttachmentId, shopId },
    select: {
      ...{ downloadLimit: true, accessDays: true, updatePolicy: true, updateMonths: true },
      ...{ streamOnly: true, keysPerUnit: true, instructions: true },
    },
  });
  return terms ?? {};
}

/** Keeps the assets from being deleted until the end of `tx`; null unless all are the shop's. */
async function lockAssets(tx: Tx, shopId: string, assetIds: string[]): Promise<Thing[] | null> {
  const assets = await tx.$queryRaw<Thing[]>`
    SELECT "id", "title", CASE
      WHEN "archivedAt" IS NOT NULL THEN 'archived'
      WHEN "kind" = 'file' AND "currentVersionId" IS NULL THEN 'unfinished_upload' END AS "refusal"
    FROM "Asset" WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${assetIds}::uuid[])
    ORDER BY "id" FOR KEY SHARE`;
  return assets.length === new Set(assetIds).size ? assets : null;
}

async function lockPools(tx: Tx, shopId: string, poolIds: string[]): Promise<Thing[] | null> {
  const pools = await tx.$queryRaw<Thing[]>`
    SELECT "id", "name" AS "title", CASE WHEN "archivedAt" IS NOT NULL THEN 'archived' END AS "refusal"
    FROM "Pool" WHERE "shopId" = ${shopId}::uuid AND "id" = ANY(${poolIds}::uuid[])
    ORDER BY "id" FOR KEY SHARE`;
  return pools.length === new Set(poolIds).size ? pools : null;
}

function refused(reason: AttachRefusal) {
  return { kind: "refused", reason } as const;
}
