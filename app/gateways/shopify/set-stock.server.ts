import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { AdminApi } from "./admin.server";
import { queryPatiently } from "./query-patiently.server";

/** Shopify takes 250 quantities a call. */
const BATCH = 250;

const SET_MUTATION = `#graphql
  mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
    inventorySetQuantities(input: $input) @idempotent(key: $key) {
      userErrors { code message }
    }
  }`;

const Set = z.object({
  inventorySetQuantities: z
    .object({ userErrors: z.array(z.object({ code: z.string().nullable(), message: z.string() })) })
    .nullable(),
});

export type StockChange = {
  itemId: string;
  locationId: string;
  /** What is to be left to sell. */
  quantity: number;
  /** What was left when it was read: sold meanwhile, it is not set. */
  from: number;
};

export type SetStockResult =
  | { kind: "set" }
  /** Something was sold meanwhile: to be read and tried again. */
  | { kind: "stale" }
  /** Shopify's own words. */
  | { kind: "refused"; message: string };

/**
 * Sets what is left to sell, each batch all or nothing.
 *
 * @throws ShopifyDenied when the merchant has not granted it; ShopifyUnavailable when it is worth trying again.
 */
export async function setStock(admin: AdminApi, changes: StockChange[]): Promise<SetStockResult> {
  for (let from = 0; from < changes.length; from += BATCH) {
    const quantities = changes.slice(from, from + BATCH).map((change) => ({
      inventoryItemId: change.itemId,
      locationId: change.locationId,
      quantity: change.quantity,
      changeFromQuantity: change.from,
    }));
    const input = { name: "available", reason: "correction", quantities };
    const answer = await queryPatiently(admin, Set, SET_MUTATION, { input, key: randomUUID() });
    const [error] = answer.inventorySetQuantities?.userErrors ?? [{ code: null, message: "Shopify gave no reason." }];
    if (error?.code === "CHANGE_FROM_QUANTITY_STALE") return { kind: "stale" };
    if (error) return { kind: "refused", message: error.message };
  }
  return { kind: "set" };
}
