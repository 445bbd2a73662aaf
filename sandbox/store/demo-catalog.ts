import { gid } from "./identifiers.ts";
import type { Product, Shop } from "./model.ts";

export const demoDomain = "featherpost-demo.myshopify.com";

const openedAt = "2026-01-05T09:00:00Z";

type DemoProduct = Pick<Product, "title" | "handle" | "description" | "productType" | "color" | "optionName"> & {
  variants: { title: string; sku: string; priceCents: number }[];
  isDigital: boolean;
};

const demoProducts: DemoProduct[] = [
  {
    title: "Field Guide",
    handle: "field-guide",
    description: "Two hundred birds of field and forest, drawn by hand. A PDF to read anywhere.",
    productType: "E-book",
    color: "#5b7f3b",
    optionName: "Title",
    variants: [{ title: "Default Title", sku: "FIELD-GUIDE", priceCents: 1900 }],
    isDigital: true,
  },
  {
    title: "Sound Library",
    handle: "sound-library",
    description: "Three hours of birdsong, recorded at dawn. Choose small files or every last detail.",
    productType: "Audio",
    color: "#2f6f8f",
    optionName: "Format",
    variants: [
      { title: "MP3", sku: "SOUNDS-MP3", priceCents: 2400 },
      { title: "WAV", sku: "SOUNDS-WAV", priceCents: 3900 },
    ],
    isDigital: true,
  },
  {
    title: "Synth Pro",
    handle: "synth-pro",
    description: "A software synthesizer with a voice of its own. One license key per copy.",
    productType: "Software",
    color: "#7a4fa3",
    optionName: "Title",
    variants: [{ title: "Default Title", sku: "SYNTH-PRO", priceCents: 8900 }],
    isDigital: true,
  },
  {
    title: "Poster",
    handle: "poster",
    description: "The birds of the Field Guide on heavy paper, 50 × 70 cm.",
    productType: "Print",
    color: "#b5612f",
    optionName: "Title",
    variants: [{ title: "Default Title", sku: "POSTER-50X70", priceCents: 2900 }],
    isDigital: false,
  },
];

/** @param shopNumber  digits of the shop's id */
export function newShop(domain: string, shopNumber: string, now: string): Shop {
  const isDemo = domain === demoDomain;
  return {
    id: gid("Shop", shopNumber),
    domain,
    name: isDemo ? "Featherpost Demo" : titleFrom(domain),
    ownerName: "Robin Finch",
    email: `owner@${domain.replace(".myshopify.com", "")}.example`,
    phone: "+12025550143",
    currency: "USD",
    locale: "en",
    timeZone: "America/New_York",
    address: {
      address1: "12 Wren Street",
      city: "New York",
      province: "New York",
      provinceCode: "NY",
      zip: "10001",
      country: "United States",
      countryCode: "US",
    },
    createdAt: isDemo ? openedAt : now,
    updatedAt: isDemo ? openedAt : now,
    installedAt: null,
    grantedScopes: [],
    protectedCustomerData: true,
  };
}

export const demoShopNumber = "6100000000001";

/** The demo shop's products; the same ids in every run. */
export function demoCatalog(): Product[] {
  let variantNumber = 6102000000000;
  return demoProducts.map(({ variants, isDigital, ...product }, index) => {
    const id = gid("Product", 6101000000001 + index);
    return {
      ...product,
      id,
      shop: demoDomain,
      vendor: "Featherpost Demo",
      tags: [isDigital ? "digital" : "physical"],
      variants: variants.map((variant, position) => ({
        ...variant,
        id: gid("ProductVariant", ++variantNumber),
        productId: id,
        position: position + 1,
        requiresShipping: !isDigital,
        createdAt: openedAt,
        updatedAt: openedAt,
      })),
      createdAt: openedAt,
      updatedAt: openedAt,
    };
  });
}

/** The store's own ids start here, above those of the demo catalog. */
export const firstFreeNumber = 6200000000001;

function titleFrom(domain: string) {
  const words = domain.replace(".myshopify.com", "").split("-").filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
