import { describe, expect, test } from "vitest";
import { adminClient, at, startWorld } from "./store-world";

const SET = `mutation Set($input: InventorySetQuantitiesInput!) {
  inventorySetQuantities(input: $input) @idempotent(key: "once") { userErrors { code field message } }
}`;

async function worldWithStock(
  stock: number | undefined,
  scopes = "read_orders,read_customers,read_products,read_inventory,write_inventory",
) {
  const world = await startWorld({ scopes });
  const { store } = world;
  const { product } = store.createProduct({ title: "Lamp", variants: [{ price: "10", stock }] });
  const [variant] = product.variants;
  if (!variant) throw new Error("no variant was made");
  const query = await adminClient(world);
  const { body } = await query(
    `query Levels($id: ID!) { productVariant(id: $id) { inventoryItem { id tracked
      inventoryLevels(first: 1) { nodes { location { id } quantities(names: ["available", "committed"]) { name quantity } } } } } }`,
    { id: variant.id },
  );
  const level = () => at(body, "data.productVariant.inventoryItem.inventoryLevels.nodes.0");
  const quantities = (quantity: number, changeFromQuantity: number | null) => ({
    input: {
      name: "available",
      reason: "correction",
      quantities: [
        {
          inventoryItemId: at(body, "data.productVariant.inventoryItem.id"),
          locationId: at(body, "data.productVariant.inventoryItem.inventoryLevels.nodes.0.location.id"),
          quantity,
          changeFromQuantity,
        },
      ],
    },
  });
  return { store, variant, query, level, quantities, first: body };
}

describe("the stock of a variant", () => {
  test("given units that are tracked, when some are ordered and refunded, then the rest is for sale and no more", async () => {
    const { store, variant } = await worldWithStock(3);
    const buy = (quantity: number) => store.placeOrder({ lines: [{ variantId: variant.id, quantity }] }).order;

    const order = buy(2);
    expect(() => buy(2)).toThrow("Only 1 of Lamp are left.");
    buy(1);
    expect(() => buy(1)).toThrow("Lamp is sold out.");
    store.refundOrder(order.id);

    expect(variant.stock).toBe(2);
  });

  test("given the quantity the caller read, when it is set, then it is; sold meanwhile, it is stale", async () => {
    const { variant, query, quantities, level } = await worldWithStock(3);
    expect(level()).toMatchObject({ quantities: [{ name: "available", quantity: 3 }, { quantity: 0 }] });

    const set = await query(SET, quantities(8, 3));
    const stale = await query(SET, quantities(9, 3));

    expect(at(set.body, "data.inventorySetQuantities.userErrors")).toEqual([]);
    expect(at(stale.body, "data.inventorySetQuantities.userErrors")).toMatchObject([
      { code: "CHANGE_FROM_QUANTITY_STALE", field: ["input", "quantities", "0"] },
    ]);
    expect(variant.stock).toBe(8);
  });

  test("given no key that makes it safe to repeat, when a quantity is set, then Shopify refuses", async () => {
    const { variant, query, quantities } = await worldWithStock(3);

    const { body } = await query(SET.replace('@idempotent(key: "once")', ""), quantities(8, 3));

    expect(at(body, "errors")).toMatchObject([
      { message: expect.stringContaining("@idempotent directive is required") },
    ]);
    expect(variant.stock).toBe(3);
  });

  test("given a variant that is not tracked, when a quantity is set, then it is not stocked, and sells without end", async () => {
    const { store, variant, query, quantities } = await worldWithStock(undefined);

    const { body } = await query(SET, quantities(8, 0));

    expect(at(body, "data.inventorySetQuantities.userErrors")).toMatchObject([
      { code: "ITEM_NOT_STOCKED_AT_LOCATION" },
    ]);
    store.placeOrder({ lines: [{ variantId: variant.id, quantity: 1_000 }] });
    expect(variant.stock).toBeUndefined();
  });

  test("given the scope is missing, when a quantity is set, then access is denied", async () => {
    const { variant, query, quantities } = await worldWithStock(
      3,
      "read_orders,read_customers,read_products,read_inventory",
    );

    const { body } = await query(SET, quantities(8, 3));

    expect(at(body, "errors")).toMatchObject([{ extensions: { code: "ACCESS_DENIED" } }]);
    expect(variant.stock).toBe(3);
  });
});
