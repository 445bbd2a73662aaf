import { z } from "zod";
import type { AdminApi } from "./admin.server";
import { queryPatiently } from "./query-patiently.server";

const SHOP_QUERY = `#graphql
  query ReadShop {
    shop { name }
  }`;

const Answer = z.object({ shop: z.object({ name: z.string() }) });

/** @throws ShopifyUnavailable */
export async function readShop(admin: AdminApi): Promise<{ name: string }> {
  return (await queryPatiently(admin, Answer, SHOP_QUERY)).shop;
}
