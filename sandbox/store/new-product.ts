import { gid } from "./identifiers.ts";
import type { Product, Shop } from "./model.ts";
import { nowToTheSecond } from "./moments.ts";
import { centsFrom } from "./money.ts";
import type { NextNumber } from "./order-book.ts";
import { refuse } from "./refusal.ts";

export type NewProduct = {
  title: string;
  /** title: absent for the only variant */
  variants?: { title?: string; sku?: string; price?: string | number; requiresShipping?: boolean; stock?: number }[];
  description?: string;
  color?: string;
};

const colors = ["#3f6f8f", "#7a4fa3", "#b5612f", "#5b7f3b", "#a33f5f", "#4f6f6f"];

/** @param others  the shop's products: handles are unique */
export function newProduct(input: NewProduct, shop: Shop, others: Product[], next: NextNumber): Product {
  const variants = input.variants?.length ? input.variants : [{}];
  const titles = variants.map((variant) => variant.title ?? "Default Title");
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) refuse(422, "duplicate_variant", `Two variants of ${input.title} are called "${twice}".`);

  const now = nowToTheSecond();
  const id = gid("Product", next());
  const prices = variants.map(
    ({ price = "0.00" }) => centsFrom(price) ?? refuse(422, "bad_price", `"${price}" is no price, such as "9.99".`),
  );
  return {
    id,
    shop: shop.domain,
    title: input.title,
    handle: freeHandle(input.title, new Set(others.map((product) => product.handle))),
    description: input.description ?? "",
    vendor: shop.name,
    productType: "",
    tags: [],
    color: input.color ?? colors[others.length % colors.length] ?? "#3f6f8f",
    optionName: "Title",
    variants: variants.map((variant, index) => ({
      id: gid("ProductVariant", next()),
      productId: id,
      title: titles[index] ?? "Default Title",
      sku: variant.sku ?? "",
      priceCents: prices[index] ?? 0,
      position: index + 1,
      requiresShipping: variant.requiresShipping ?? false,
      ...(variant.stock !== undefined && { stock: variant.stock }),
      createdAt: now,
      updatedAt: now,
    })),
    createdAt: now,
    updatedAt: now,
  };
}

function freeHandle(title: string, taken: ReadonlySet<string>): string {
  const slug =
    title
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "product";
  if (!taken.has(slug)) return slug;
  for (let number = 1; ; number++) if (!taken.has(`${slug}-${number}`)) return `${slug}-${number}`;
}
