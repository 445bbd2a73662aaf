import { GraphQLError, type GraphQLResolveInfo } from "graphql";
import { connectionOf } from "../connection.ts";
import { digitsOf, gid } from "../identifiers.ts";
import type { Shop, Variant } from "../model.ts";
import type { AdminContext, Arguments, Fields } from "./fields.ts";

/** The most units Shopify counts. */
const MOST = 1_000_000_000;

type Item = ReturnType<typeof itemOf>;
type Level = { item: Item; variant: Variant };

/** What Shopify counts of a variant: has its digits. */
export function itemOf(variant: Variant) {
  return {
    id: gid("InventoryItem", digitsOf(variant.id) ?? ""),
    legacyResourceId: digitsOf(variant.id),
    sku: variant.sku,
    requiresShipping: variant.requiresShipping,
    tracked: variant.stock !== undefined,
    createdAt: variant.createdAt,
    updatedAt: variant.updatedAt,
    duplicateSkuCount: 0,
    variant,
  };
}

/** A shop has one location. */
const locationIdOf = (shop: Shop) => gid("Location", digitsOf(shop.id) ?? "");

export const inventoryItemFields: Fields<Item> = {
  inventoryLevels: (item, args) => connectionOf([{ item, variant: item.variant, id: levelIdOf(item) }], args),
  inventoryLevel: (item, { locationId }, { shop }) =>
    locationId === locationIdOf(shop) ? { item, variant: item.variant, id: levelIdOf(item) } : null,
  locationsCount: () => ({ count: 1, precision: "EXACT" }),
  variants: (item, args) => connectionOf([item.variant], args),
};

function levelIdOf(item: Item) {
  return `${gid("InventoryLevel", digitsOf(item.id) ?? "")}?inventory_item_id=${digitsOf(item.id)}`;
}

export const inventoryLevelFields: Fields<Level> = {
  isActive: () => true,
  canDeactivate: () => true,
  location: (_level, _args, { shop }) => ({
    id: locationIdOf(shop),
    name: shop.address.address1,
    isActive: true,
    fulfillsOnlineOrders: true,
  }),
  quantities: ({ item, variant }, { names }, context) =>
    (Array.isArray(names) ? names : []).map((name: unknown) => ({
      id: `${gid("InventoryQuantity", digitsOf(item.id) ?? "")}?inventory_item_id=${digitsOf(item.id)}&name=${String(name)}`,
      name,
      quantity: quantityOf(String(name), variant, context),
      updatedAt: variant.updatedAt,
    })),
};

function quantityOf(name: string, variant: Variant, context: AdminContext): number {
  const available = variant.stock ?? 0;
  if (name === "available") return available;
  if (name === "committed") return committedOf(variant, context);
  return name === "on_hand" ? available + committedOf(variant, context) : 0;
}

/** Sold and not fulfilled yet. */
function committedOf({ id }: Variant, { store, shop }: AdminContext): number {
  const lines = store.orders(shop.domain).flatMap((order) => (order.cancelledAt ? [] : order.lines));
  return lines
    .filter((line) => line.variantId === id)
    .reduce((sum, line) => sum + Math.max(0, line.currentQuantity - line.fulfilledQuantity), 0);
}

type SetInput = {
  name: string;
  reason: string;
  quantities: { inventoryItemId: string; locationId: string; quantity: number; changeFromQuantity?: number | null }[];
};

/**
 * Sets what is available, all or nothing, as Shopify does since 2026-04: with a key that makes it safe to repeat, and
 * only from the quantities the caller believes in.
 */
export function setQuantities(args: Arguments, { store, shop }: AdminContext, info: GraphQLResolveInfo) {
  const isIdempotent = info.fieldNodes[0]?.directives?.some(({ name }) => name.value === "idempotent");
  if (!isIdempotent) {
    throw new GraphQLError("The @idempotent directive is required for this mutation but was not provided.", {
      extensions: { code: "BAD_REQUEST" },
    });
  }
  const { name, quantities } = args.input as SetInput;
  const userErrors = [
    ...(name === "available" ? [] : [problem([], "INVALID_NAME", "The sandbox sets only what is available.")]),
    ...quantities.flatMap((wanted, index) => problemWith(wanted, String(index))),
  ];
  if (userErrors.length > 0) return { inventoryAdjustmentGroup: null, userErrors };

  for (const { inventoryItemId, quantity } of quantities) store.setStock(inventoryItemId, quantity, shop.domain);
  const { reason } = args.input as SetInput;
  return {
    inventoryAdjustmentGroup: { id: gid("InventoryAdjustmentGroup", Date.now()), createdAt: new Date(), reason },
    userErrors: [],
  };

  function problemWith(wanted: SetInput["quantities"][number], index: string) {
    const at = ["quantities", index];
    const { inventoryItemId, locationId, quantity, changeFromQuantity } = wanted;
    if (changeFromQuantity === undefined) {
      throw new GraphQLError("The changeFromQuantity argument must be given to each quantity, or null to opt out.", {
        extensions: { code: "BAD_REQUEST" },
      });
    }
    const variant = store.findVariant(inventoryItemId, shop.domain)?.variant;
    if (!variant) return [problem(at, "INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.")];
    if (locationId !== locationIdOf(shop)) {
      return [problem(at, "INVALID_LOCATION", "The specified location could not be found.")];
    }
    if (variant.stock === undefined) {
      return [
        problem(at, "ITEM_NOT_STOCKED_AT_LOCATION", "The specified inventory item is not stocked at the location."),
      ];
    }
    if (Math.abs(quantity) > MOST) {
      return [problem(at, "INVALID_QUANTITY_TOO_HIGH", "The total quantity can't be higher than 1,000,000,000.")];
    }
    if (changeFromQuantity !== null && changeFromQuantity !== variant.stock) {
      return [
        problem(at, "CHANGE_FROM_QUANTITY_STALE", "The changeFromQuantity value does not match persisted value."),
      ];
    }
    return [];
  }
}

function problem(at: string[], code: string, message: string) {
  return { field: ["input", ...at], code, message };
}
