import { activationLimitOf, licenseEndOf, licenseStateOf, type LicenseState } from "./license";
import type { License } from "./read-license.server";

/** A license as software is told of it. */
export type LicenseView = {
  state: LicenseState;
  /** Title of what was bought. */
  product: string;
  variant: string | null;
  /** Shopify gids; null for a license without an order. */
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  /** Last characters of the key. */
  keyEnd: string;
  /** null: any number of machines. */
  activationLimit: number | null;
  activationsUsed: number;
  /** ISO 8601, UTC; null: never. */
  expiresAt: string | null;
};

export function licenseView(license: License, now: Date): LicenseView {
  return {
    state: licenseStateOf(license, now),
    product: license.title,
    variant: license.variantTitle,
    productId: license.productId,
    variantId: license.variantId,
    sku: license.sku,
    keyEnd: license.keyEnd,
    activationLimit: activationLimitOf(license),
    activationsUsed: license.machine.used,
    expiresAt: licenseEndOf(license)?.toISOString() ?? null,
  };
}
