import type { ProductStatus } from "~/gateways/shopify/product-parts";

/** A line of the list; `status` is null for a product deleted in Shopify. */
export type ProductRow = {
  id: string;
  /** Of its page. */
  url: string;
  title: string;
  status: ProductStatus | null;
  imageUrl: string | null;
  variantsCount: number;
  /** What it gives, in a few words each; empty for nothing. */
  gives: string[];
};
