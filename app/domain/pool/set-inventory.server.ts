import { db } from "~/db.server";
import { adminOf, type AdminApi } from "~/gateways/shopify/admin.server";
import { readStock, type VariantStock } from "~/gateways/shopify/read-stock.server";
import { setStock, type SetStockResult } from "~/gateways/shopify/set-stock.server";
import { ShopifyDenied } from "~/gateways/shopify/shopify-unavailable";
import { stockChanges } from "./stock-changes";

const TRIES = 3;
const UNPAID_DAYS = 60;
const DAY_MS = 86_400_000;

export const LACKS_STOCK_PERMISSION =
  "The app lacks the permission to set stock. Open it in Shopify's admin and agree to what it asks for";

export type SetInventoryInput = { shopId: string; poolId: string; now: Date };

/**
 * Sets Shopify's stock of the variants that give a pool's keys to the keys left, in units, so that no more can be
 * bought than there are. A variant that gives keys of several such pools has what the shortest of them allows; what is
 * ordered and not paid yet is kept back. A pool that makes its own keys never runs dry, and sets no stock.
 *
 * May be repeated. What a person has to settle is written to the pool.
 *
 * @throws ShopifyUnavailable when trying again may help.
 */
export async function setInventory({ shopId, poolId, now }: SetInventoryInput): Promise<void> {
  const pool = await db.pool.findFirst({
    where: { id: poolId, shopId, setsInventory: true, generatesOnDemand: false, shop: { uninstalledAt: null } },
    include: { shop: { select: { domain: true } } },
  });
  if (!pool) return;

  const { left, problem } = await bringInLine(pool.shop.domain, { shopId, poolId, now }).catch((error: unknown) => {
    if (error instanceof ShopifyDenied) return { left: null, problem: LACKS_STOCK_PERMISSION };
    throw error;
  });
  await db.pool.updateMany({
    where: { id: poolId, shopId, setsInventory: true },
    data: { inventoryProblem: problem, inventorySet: left, inventorySetAt: now },
  });
}

type Outcome = { left: number | null; problem: string | null };

async function bringInLine(shopDomain: string, input: SetInventoryInput): Promise<Outcome> {
  const admin = await adminOf(shopDomain);
  for (let tried = 0; ; tried++) {
    const given = await listGiven(input);
    const left = given.find(({ poolId }) => poolId === input.poolId)?.left ?? 0;
    const stocks = await stocksOf(admin, given, input.poolId);
    const { changes, problem } = stockChanges(stocks, unitsOf(stocks, given));
    const result: SetStockResult = changes.length === 0 ? { kind: "set" } : await setStock(admin, changes);
    if (result.kind === "stale" && tried + 1 < TRIES) continue; // sold meanwhile: its order may have taken its keys
    return { left, problem: result.kind === "refused" ? result.message : problem };
  }
}

type Given = {
  poolId: string;
  productId: string;
  variantId: string | null;
  keysPerUnit: number;
  /** Keys left in its pool. */
  left: number;
  /** Keys of it that are ordered and not paid yet. */
  owed: number;
};

/** What the products of a pool give of pools that set the stock. */
function listGiven({ shopId, poolId, now }: SetInventoryInput): Promise<Given[]> {
  const since = new Date(now.getTime() - UNPAID_DAYS * DAY_MS);
  return db.$queryRaw<Given[]>`
    WITH given AS (
      SELECT a."poolId", a."productId", a."variantId", a."keysPerUnit" FROM "Attachment" a
      JOIN "Pool" p ON p."id" = a."poolId" AND p."setsInventory" AND NOT p."generatesOnDemand"
      WHERE a."shopId" = ${shopId}::uuid AND a."detachedAt" IS NULL AND a."productId" IN (
        SELECT "productId" FROM "Attachment" WHERE "poolId" = ${poolId}::uuid AND "detachedAt" IS NULL)
    ), unpaid AS (
      SELECT l."productId", l."variantId", l."currentQuantity" FROM "OrderLine" l JOIN "Order" o ON o."id" = l."orderId"
      WHERE o."shopId" = ${shopId}::uuid AND o."processedAt" > ${since} AND o."paidAt" IS NULL AND o."cancelledAt" IS NULL
        AND o."financialStatus" IN ('pending', 'authorized', 'partially_paid')
    )
    SELECT given.*,
      (SELECT count(*)::int FROM "PoolKey" WHERE "poolId" = given."poolId" AND "state" = 'available') AS "left",
      (SELECT coalesce(sum(u."currentQuantity" * other."keysPerUnit"), 0)::int FROM given other
       JOIN unpaid u ON u."productId" = other."productId"
         AND (other."variantId" IS NULL OR other."variantId" = u."variantId")
       WHERE other."poolId" = given."poolId") AS "owed"
    FROM given`;
}

/** Of the variants that give keys of the pool. */
async function stocksOf(admin: AdminApi, given: Given[], poolId: string): Promise<VariantStock[]> {
  const stocks = new Map<string, VariantStock>();
  for (const { productId, variantId } of given.filter((each) => each.poolId === poolId)) {
    for (const stock of await readStock(admin, productId, variantId)) stocks.set(stock.variantId, stock);
  }
  return [...stocks.values()];
}

/** By variant id; of several pools the shortest decides. */
function unitsOf(stocks: VariantStock[], given: Given[]): Map<string, number> {
  return new Map(
    stocks.map(({ variantId, productId }) => {
      const limits = given
        .filter((each) => each.productId === productId && (each.variantId ?? variantId) === variantId)
        .map(({ left, owed, keysPerUnit }) => Math.floor((left - owed) / keysPerUnit));
      return [variantId, Math.min(...limits)];
    }),
  );
}
