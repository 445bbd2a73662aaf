import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { nextNumber } from "./next-number";

/** A shop that has the app installed, with the policy every shop starts with. */
export function createShop(columns: Partial<Prisma.ShopCreateInput> = {}) {
  return db.shop.create({ data: { domain: `shop-${nextNumber()}.myshopify.com`, ...columns } });
}
