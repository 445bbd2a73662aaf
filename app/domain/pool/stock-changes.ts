import type { StockChange } from "~/gateways/shopify/set-stock.server";
import type { VariantStock } from "~/gateways/shopify/read-stock.server";

export type WantedStock = {
  changes: StockChange[];
  /** What keeps some of them from being set, for the merchant; null: nothing. */
  problem: string | null;
};

/**
 * What to change so that no more can be bought than there are keys: all of it at a variant's first location, none at
 * the others.
 *
 * @param units  keys left by variant id, in units to sell
 */
export function stockChanges(stocks: VariantStock[], units: Map<string, number>): WantedStock {
  const problems: string[] = [];
  const changes: StockChange[] = [];
  for (const { variantId, title, itemId, isTracked, sellsWithoutStock, levels } of stocks) {
    const wanted = Math.max(0, units.get(variantId) ?? 0);
    if (!isTracked)
      problems.push(`Shopify does not track how many of “${title}” there are. Turn that on at the product`);
    else if (levels.length === 0) problems.push(`“${title}” is stocked at no location in Shopify`);
    else if (sellsWithoutStock)
      problems.push(`Shopify goes on selling “${title}” when none is left. Turn that off there`);
    if (!isTracked) continue;

    for (const [index, { locationId, available }] of levels.entries()) {
      const quantity = index === 0 ? wanted : 0;
      if (quantity !== available) changes.push({ itemId, locationId, quantity, from: available });
    }
  }
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return { changes, problem: problems.length > 0 ? `${problems[0]}${more}` : null };
}
