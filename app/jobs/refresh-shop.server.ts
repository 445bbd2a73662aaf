import { refreshShop } from "~/domain/shop/refresh-shop.server";
import type { JobPayload } from "./jobs";

export function runRefreshShop({ shopId }: JobPayload<"refresh_shop">) {
  return refreshShop(shopId);
}
