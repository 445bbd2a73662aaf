import { createPlayedShop } from "../../setup/shopify"; // before all that loads Shopify's library
import { expect, test } from "vitest";
import { readOrder } from "~/gateways/shopify/read-order.server";

test("given an order of many pages that changes between two of them, when it is read, then all of it is of one moment", async () => {
  const { shop, store, adminRequests } = await createPlayedShop();
  const { variants } = store.createProduct({ title: "Guide", variants: [{ price: "10" }] }).product;
  const variantId = variants[0]?.id ?? "";
  const lines = Array.from({ length: 150 }, () => ({ variantId, quantity: 2 }));
  const { order } = store.placeOrder({ financialStatus: "paid", lines });
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // Shopify counts in seconds

  const timer = setInterval(() => {
    if (adminRequests().length === 0) return;
    clearInterval(timer);
    store.refundOrder(order.id, { lines: [{ lineId: order.lines[0]?.id ?? "", quantity: 1 }] });
  }, 1);
  const read = await readOrder(shop.domain, order.id);

  expect(adminRequests().length).toBeGreaterThan(2);
  expect(read?.updatedAt.getTime()).toBeGreaterThan(Date.parse(order.createdAt));
  expect(read?.lines).toHaveLength(150);
  expect(read?.lines[0]?.currentQuantity).toBe(1);
});
