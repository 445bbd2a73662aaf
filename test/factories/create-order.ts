import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { checkoutTokenHash } from "~/domain/order/facts-hash.server";
import { createShop } from "./create-shop";
import { nextNumber } from "./next-number";

type Line = {
  productId?: string | null;
  variantId?: string | null;
  title?: string;
  quantity?: number;
  currentQuantity?: number;
};

type Options = Partial<Omit<Prisma.OrderUncheckedCreateInput, "lines" | "checkoutTokenHash" | "factsHash">> & {
  checkoutToken?: string;
  /** One unit of a product of its own unless named. */
  lines?: Line[];
};

/** A paid order as it is stored, without grants. */
export async function createOrder({ checkoutToken, lines = [{}], ...columns }: Options = {}) {
  const shopId = columns.shopId ?? (await createShop()).id;
  const number = nextNumber();
  const at = new Date("2026-01-15T12:00:00Z");

  return db.order.create({
    data: {
      shopifyId: `gid://shopify/Order/${number}`,
      name: `#${1000 + number}`,
      email: `customer-${number}@example.com`,
      customerId: `gid://shopify/Customer/${number}`,
      checkoutTokenHash: checkoutTokenHash(checkoutToken ?? `checkout-${number}`),
      locale: "en",
      financialStatus: "paid",
      processedAt: at,
      paidAt: at,
      updatedAt: at,
      factsHash: new Uint8Array(32),
      ...columns,
      shopId,
      lines: { create: lines.map((line) => ({ shopId, ...lineColumns(line) })) },
    },
    include: { lines: { orderBy: { id: "asc" } } },
  });
}

function lineColumns({ productId, variantId, title, quantity = 1, currentQuantity = quantity }: Line) {
  const number = nextNumber();
  return {
    shopifyId: `gid://shopify/LineItem/${number}`,
    productId: productId === undefined ? `gid://shopify/Product/${number}` : productId,
    variantId: variantId === undefined ? `gid://shopify/ProductVariant/${number}` : variantId,
    title: title ?? `Product ${number}`,
    quantity,
    currentQuantity,
  };
}
