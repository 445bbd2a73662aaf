import type { Order, OrderLine, Refund, Shop } from "./model.ts";
import { refuse } from "./refusal.ts";
import type { ShopData } from "./shop-data.ts";

type Sold = Pick<OrderLine, "variantId" | "title" | "quantity">;

/** @throws StoreRefusal `out_of_stock` when Shopify tracks one of the variants and has too few units of it left */
export function refuseOversold(lines: Sold[], shop: Shop, data: ShopData) {
  for (const [variantId, ofVariant] of Map.groupBy(lines, (line) => line.variantId)) {
    const left = data.findVariant(variantId, shop.domain)?.variant.stock;
    const wanted = ofVariant.reduce((sum, { quantity }) => sum + quantity, 0);
    if (left === undefined || wanted <= left) continue;
    const title = ofVariant[0]?.title ?? "It";
    refuse(409, "out_of_stock", left <= 0 ? `${title} is sold out.` : `Only ${left} of ${title} are left.`);
  }
}

export function takeFromStock(lines: Sold[], shop: Shop, data: ShopData) {
  for (const { variantId, quantity } of lines) addToStock(variantId, -quantity, shop, data);
}

/** What is taken off an order can be sold again. */
export function putBackInStock({ lines }: Refund, order: Order, shop: Shop, data: ShopData) {
  for (const { lineId, quantity } of lines) {
    const line = order.lines.find(({ id }) => id === lineId);
    if (line) addToStock(line.variantId, quantity, shop, data);
  }
}

function addToStock(variantId: string, units: number, shop: Shop, data: ShopData) {
  const found = data.findVariant(variantId, shop.domain);
  if (found?.variant.stock === undefined) return;
  found.variant.stock += units;
  data.saveProduct(found.product);
}
