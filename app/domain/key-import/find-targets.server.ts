import type { KeyImport } from "@prisma/client";
import type { Client } from "pg";
import { db } from "~/db.server";
import { adminOf } from "~/gateways/shopify/admin.server";
import { findProduct, type Product } from "~/gateways/shopify/find-product.server";
import { KEY_FILE_LIMITS, KeyFileProblem } from "./key-file";

/** Where the lines go that name this; or why they go nowhere. */
export type Target = { target: string | null; poolId: string; pool: string } | { target: string; reason: TargetReason };

type TargetReason = "unknown_pool" | "unknown_sku" | "sku_of_many_pools";

/**
 * The pools that the staged lines of an import go to. Shopify is asked only when lines name SKUs: for the variants
 * of the products that give keys.
 *
 * @throws KeyFileProblem `too_many_targets`; ShopifyUnavailable
 */
export async function findTargets(client: Client, { id, shopId, poolId }: KeyImport): Promise<Target[]> {
  const { rows } = await client.query<{ target: string | null }>(
    `SELECT DISTINCT target FROM "StagedKey" WHERE "importId" = $1 AND reason IS NULL LIMIT $2`,
    [id, KEY_FILE_LIMITS.targets + 2],
  );
  if (rows.length > KEY_FILE_LIMITS.targets + 1) throw new KeyFileProblem("too_many_targets");

  const pools = await db.pool.findMany({ where: { shopId }, select: { id: true, name: true } });
  const poolsBySku = rows.some(({ target }) => target?.startsWith("sku:"))
    ? await listPoolsBySku(shopId)
    : new Map<string, Set<string>>();
  return rows.map(({ target }): Target => {
    if (target === null) return { target, poolId, pool: pools.find((pool) => pool.id === poolId)?.name ?? "" };
    const found = target.startsWith("pool:")
      ? poolNamed(pools, nameIn(target))
      : poolOfSku(pools, poolsBySku.get(nameIn(target).toLowerCase()), poolId);
    return typeof found === "string" ? { target, reason: found } : { target, poolId: found.id, pool: found.name };
  });
}

type NamedPool = { id: string; name: string };

function nameIn(target: string): string {
  return target.slice(target.indexOf(":") + 1);
}

function poolNamed(pools: NamedPool[], name: string): NamedPool | TargetReason {
  const folded = name.toLowerCase();
  return (
    pools.find((pool) => pool.name === name) ??
    pools.find((pool) => pool.name.toLowerCase() === folded) ??
    "unknown_pool"
  );
}

/** Of several pools that a SKU gives, the one that is imported into is meant. */
function poolOfSku(pools: NamedPool[], giving: Set<string> | undefined, ownPoolId: string): NamedPool | TargetReason {
  const given = pools.filter(({ id }) => giving?.has(id));
  const [only] = given.length > 1 ? given.filter(({ id }) => id === ownPoolId) : given;
  return only ?? (given.length > 1 ? "sku_of_many_pools" : "unknown_sku");
}

/** By SKU in lower case. */
async function listPoolsBySku(shopId: string): Promise<Map<string, Set<string>>> {
  const poolsBySku = new Map<string, Set<string>>();
  const attachments = await db.attachment.findMany({
    where: { shopId, poolId: { not: null }, detachedAt: null },
    select: { productId: true, variantId: true, poolId: true },
  });
  if (attachments.length === 0) return poolsBySku;

  const shop = await db.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } });
  const admin = await adminOf(shop.domain);
  for (const [productId, given] of Map.groupBy(attachments, (attachment) => attachment.productId)) {
    const product: Product | null = await findProduct(admin, productId);
    for (const { id, sku } of product?.variants ?? []) {
      if (!sku) continue;
      const pools = poolsBySku.get(sku.toLowerCase()) ?? new Set<string>();
      for (const { variantId, poolId } of given) {
        if (poolId && (variantId === null || variantId === id)) pools.add(poolId);
      }
      poolsBySku.set(sku.toLowerCase(), pools);
    }
  }
  return poolsBySku;
}
