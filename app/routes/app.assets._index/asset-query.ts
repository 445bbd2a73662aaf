import { z } from "zod";
import { assetSorts } from "~/domain/asset/asset-sort";

/** What the list's URL says; anything odd in it counts as not said. */
export const AssetQuery = z.object({
  search: z.string().max(255).catch("").default(""),
  status: z.enum(["active", "archived", "all"]).catch("active").default("active"),
  sort: z.enum(assetSorts).catch("createdAt-desc").default("createdAt-desc"),
  cursor: z.string().max(2000).nullable().catch(null).default(null),
});

export type AssetQuery = z.infer<typeof AssetQuery>;
