import { refreshShop } from "~/domain/shop/refresh-shop.server";
import { sweepShop } from "~/domain/sweep/sweep-shop.server";
import type { JobPayload } from "./jobs";

/** The daily one looks at the shop's own name, too. */
export async function runSweepShop(payload: JobPayload<"sweep_shop">) {
  await sweepShop(payload);
  if (payload.isFull) await refreshShop(payload.shopId);
}
