import { amountFrom } from "../../store/money.ts";
import type { Product, Variant } from "../../store/store.ts";

/** A product as App Bridge's resource picker gives it: `Product` of @shopify/app-bridge-types. */
export function pickableProduct(product: Product) {
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    descriptionHtml: product.description,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: "ACTIVE",
    images: [],
    options: [
      {
        id: product.id.replace("/Product/", "/ProductOption/"),
        name: product.optionName,
        position: 1,
        values: product.variants.map((variant) => variant.title),
      },
    ],
    availablePublicationCount: 1,
    hasOnlyDefaultVariant: hasOnlyDefaultVariant(product),
    totalInventory: 0,
    totalVariants: product.variants.length,
    tracksInventory: false,
    createdAt: product.createdAt,
    publishedAt: product.createdAt,
    updatedAt: product.updatedAt,
    variants: product.variants.map((variant) => pickableVariant(product, variant)),
  };
}

function pickableVariant(product: Product, variant: Variant) {
  return {
    id: variant.id,
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    price: amountFrom(variant.priceCents),
    position: variant.position,
    availableForSale: true,
    requiresShipping: variant.requiresShipping,
    taxable: true,
    inventoryManagement: "NOT_MANAGED",
    inventoryPolicy: "CONTINUE",
    inventoryQuantity: null,
    inventoryItem: { id: variant.id.replace("/ProductVariant/", "/InventoryItem/") },
    selectedOptions: [{ value: variant.title }],
    product: { id: product.id, title: product.title },
    weight: 0,
    weightUnit: "KILOGRAMS",
    createdAt: variant.createdAt,
    updatedAt: variant.updatedAt,
  };
}

export function hasOnlyDefaultVariant(product: Product): boolean {
  return product.variants.length === 1 && product.variants[0]?.title === "Default Title";
}
