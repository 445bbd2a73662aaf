import { z } from "zod";

/** A product as a list shows it. */
export type ProductListing = {
  id: string;
  title: string;
  status: ProductStatus;
  imageUrl: string | null;
  /** A product without options has one variant, which is not worth naming. */
  variantsCount: number;
};

/** Shopify's; `other` for one it may add. */
export type ProductStatus = "active" | "draft" | "archived" | "unlisted" | "other";

const statuses: Record<string, ProductStatus> = {
  ACTIVE: "active",
  DRAFT: "draft",
  ARCHIVED: "archived",
  UNLISTED: "unlisted",
};

export const listedProductFields = `
  id
  title
  status
  featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }
  variantsCount { count }`;

export const ListedProduct = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string().transform((status) => statuses[status] ?? ("other" as const)),
  featuredMedia: z
    .object({ preview: z.object({ image: z.object({ url: z.string() }).nullable() }).nullable() })
    .nullable(),
  variantsCount: z.object({ count: z.int() }).nullable(),
});

export function listedProductFrom(product: z.infer<typeof ListedProduct>): ProductListing {
  const { id, title, status, featuredMedia, variantsCount } = product;
  return {
    id,
    title,
    status,
    imageUrl: featuredMedia?.preview?.image?.url ?? null,
    variantsCount: variantsCount?.count ?? 1,
  };
}
