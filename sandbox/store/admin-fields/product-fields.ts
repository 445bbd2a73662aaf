import { connectionOf } from "../connection.ts";
import { digitsOf, gid } from "../identifiers.ts";
import type { Product, Variant } from "../model.ts";
import { amountFrom } from "../money.ts";
import { matchesMoment, matchesNumber, matchesText, type Term } from "../search-query.ts";
import { pictureOf, type Fields } from "./fields.ts";
import { itemOf } from "./inventory-fields.ts";

const imageOf = (product: Product) => ({
  id: gid("ProductImage", digitsOf(product.id) ?? ""),
  altText: product.title,
  url: pictureOf(product),
  src: pictureOf(product),
  originalSrc: pictureOf(product),
  transformedSrc: pictureOf(product),
  width: 400,
  height: 400,
});

const mediaOf = (product: Product) => ({
  __typename: "MediaImage",
  id: gid("MediaImage", digitsOf(product.id) ?? ""),
  alt: product.title,
  mediaContentType: "IMAGE",
  status: "READY",
  image: imageOf(product),
  preview: { image: imageOf(product), status: "READY" },
});

const optionsOf = (product: Product) => [
  {
    id: gid("ProductOption", digitsOf(product.id) ?? ""),
    name: product.optionName,
    position: 1,
    values: product.variants.map((variant) => variant.title),
    optionValues: product.variants.map((variant) => optionValueOf(variant)),
  },
];

const optionValueOf = (variant: Variant) => ({
  id: gid("ProductOptionValue", digitsOf(variant.id) ?? ""),
  name: variant.title,
  hasVariants: true,
});

const isForSale = ({ stock }: Variant) => stock === undefined || stock > 0;

const prices = (product: Product) => product.variants.map((variant) => variant.priceCents);

export const productFields: Fields<Product> = {
  bodyHtml: (product) => product.description,
  descriptionHtml: (product) => product.description,
  description: (product, { truncateAt }) =>
    typeof truncateAt === "number" ? product.description.slice(0, truncateAt) : product.description,
  featuredImage: imageOf,
  featuredMedia: mediaOf,
  images: (product, args) => connectionOf([imageOf(product)], args),
  media: (product, args) => connectionOf([mediaOf(product)], args),
  mediaCount: () => ({ count: 1, precision: "EXACT" }),
  hasOnlyDefaultVariant: (product) => product.variants.length === 1 && product.variants[0]?.title === "Default Title",
  hasOutOfStockVariants: (product) => product.variants.some((variant) => !isForSale(variant)),
  hasVariantsThatRequiresComponents: () => false,
  isGiftCard: () => false,
  legacyResourceId: (product) => digitsOf(product.id),
  options: optionsOf,
  priceRangeV2: (product, _args, { shop }) => ({
    minVariantPrice: { amount: amountFrom(Math.min(...prices(product))), currencyCode: shop.currency },
    maxVariantPrice: { amount: amountFrom(Math.max(...prices(product))), currencyCode: shop.currency },
  }),
  publishedAt: (product) => product.createdAt,
  onlineStoreUrl: (product) => `https://${product.shop}/products/${product.handle}`,
  onlineStorePreviewUrl: (product) => `https://${product.shop}/products/${product.handle}`,
  requiresSellingPlan: () => false,
  sellingPlanGroupCount: () => 0,
  sellingPlanGroupsCount: () => ({ count: 0, precision: "EXACT" }),
  seo: () => ({ title: null, description: null }),
  status: () => "ACTIVE",
  totalInventory: (product) => product.variants.reduce((sum, { stock = 0 }) => sum + stock, 0),
  totalVariants: (product) => product.variants.length,
  tracksInventory: (product) => product.variants.some(({ stock }) => stock !== undefined),
  variants: (product, args) =>
    connectionOf(product.variants, args, (variant) =>
      args.sortKey === "TITLE"
        ? variant.title.toLowerCase()
        : args.sortKey === "SKU"
          ? variant.sku
          : args.sortKey === "ID"
            ? 0
            : variant.position,
    ),
  variantsCount: (product) => ({ count: product.variants.length, precision: "EXACT" }),
};

export const variantFields: Fields<Variant> = {
  availableForSale: isForSale,
  displayName: (variant, _args, { store, shop }) =>
    `${store.findProduct(variant.productId, shop.domain)?.title ?? ""} - ${variant.title}`,
  image: () => null,
  inventoryItem: itemOf,
  inventoryPolicy: () => "DENY",
  inventoryQuantity: (variant) => variant.stock ?? 0,
  legacyResourceId: (variant) => digitsOf(variant.id),
  price: (variant) => amountFrom(variant.priceCents),
  product: (variant, _args, { store, shop }) => store.findProduct(variant.productId, shop.domain),
  requiresComponents: () => false,
  selectedOptions: (variant, _args, { store, shop }) => [
    {
      name: store.findProduct(variant.productId, shop.domain)?.optionName ?? "Title",
      value: variant.title,
      optionValue: optionValueOf(variant),
    },
  ],
  sellableOnlineQuantity: (variant) => variant.stock ?? 0,
  sellingPlanGroupCount: () => 0,
  sellingPlanGroupsCount: () => ({ count: 0, precision: "EXACT" }),
  showUnitPrice: () => false,
  taxable: () => true,
};

/** @returns null for a field Shopify does not search products by */
export function productMatches(product: Product, term: Term): boolean | null {
  const { variants } = product;
  switch (term.field) {
    case null:
      return [
        product.title,
        product.vendor,
        product.productType,
        ...product.tags,
        ...variants.flatMap(({ title, sku }) => [title, sku]),
      ].some((text) => matchesText(text, term));
    case "title":
      return matchesText(product.title, term);
    case "handle":
      return matchesText(product.handle, term);
    case "sku":
      return variants.some((variant) => matchesText(variant.sku, term));
    case "vendor":
      return matchesText(product.vendor, term);
    case "product_type":
      return matchesText(product.productType, term);
    case "tag":
      return product.tags.some((tag) => matchesText(tag, term));
    case "status":
      return term.value.toLowerCase().split(",").includes("active");
    case "id":
      return matchesNumber(Number(digitsOf(product.id)), withDigits(term));
    case "variant_id":
      return variants.some((variant) => matchesNumber(Number(digitsOf(variant.id)), withDigits(term)));
    case "variant_title":
      return variants.some((variant) => matchesText(variant.title, term));
    case "created_at":
      return matchesMoment(product.createdAt, term);
    case "updated_at":
      return matchesMoment(product.updatedAt, term);
    case "published_at":
      return matchesMoment(product.createdAt, term);
    default:
      return null;
  }
}

/** @returns null for a field Shopify does not search variants by */
export function variantMatches(
  { product, variant }: { product: Product; variant: Variant },
  term: Term,
): boolean | null {
  switch (term.field) {
    case null:
      return [product.title, variant.title, variant.sku].some((text) => matchesText(text, term));
    case "title":
      return matchesText(variant.title, term);
    case "sku":
      return matchesText(variant.sku, term);
    case "id":
      return matchesNumber(Number(digitsOf(variant.id)), withDigits(term));
    case "product_id":
      return matchesNumber(Number(digitsOf(product.id)), withDigits(term));
    case "updated_at":
      return matchesMoment(variant.updatedAt, term);
    default:
      return null;
  }
}

/** Ids may be given as gids. */
export function withDigits(term: Term): Term {
  return { ...term, value: digitsOf(term.value) ?? term.value };
}

export function productSortValue(sortKey: unknown): (product: Product) => string | number {
  if (sortKey === "TITLE") return (product) => product.title.toLowerCase();
  if (sortKey === "CREATED_AT" || sortKey === "PUBLISHED_AT") return (product) => product.createdAt;
  if (sortKey === "UPDATED_AT") return (product) => product.updatedAt;
  if (sortKey === "VENDOR") return (product) => product.vendor.toLowerCase();
  if (sortKey === "PRODUCT_TYPE") return (product) => product.productType.toLowerCase();
  return () => 0;
}
