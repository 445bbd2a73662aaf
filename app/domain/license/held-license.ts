import { activationLimitOf, licenseEndOf, licenseStateOf, type LicenseFacts, type LicenseState } from "./license";

/** A license as the merchant's own software is told of it. */
export type HeldLicense = {
  id: string;
  /** Null: the reader may not see it, or the license is not active. */
  key: string | null;
  /** Last characters of the key. */
  keyEnd: string;
  state: LicenseState;
  pool: { id: string; name: string };
  /** Shopify gid and name; null: it was issued without an order. */
  order: { id: string; name: string } | null;
  /** What was bought; null without an order. */
  product: string | null;
  variant: string | null;
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  email: string | null;
  reference: string | null;
  /** null: any number of machines. */
  activationLimit: number | null;
  activationsUsed: number;
  /** ISO 8601, UTC. */
  issuedAt: string;
  /** null: never. */
  expiresAt: string | null;
};

/** What the database says of a license, in one row. */
export type HeldRow = {
  id: string;
  keyEnd: string;
  keyState: LicenseFacts["keyState"];
  keyActivationLimit: number | null;
  keyExpiresAt: Date | null;
  keyIssuedAt: Date | null;
  holderEmail: string | null;
  reference: string | null;
  poolId: string;
  poolName: string;
  poolActivationLimit: number | null;
  keyFor: "unit" | "line";
  grantId: string | null;
  grantState: "active" | "waiting" | "held" | "revoked" | null;
  grantExpiresAt: Date | null;
  grantedAt: Date | null;
  units: number | null;
  orderShopifyId: string | null;
  orderName: string | null;
  orderEmail: string | null;
  title: string | null;
  variantTitle: string | null;
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  used: number;
};

/** @param key  its text, where the reader may see it */
export function heldLicense(row: HeldRow, key: string | null, now: Date): HeldLicense {
  const facts: LicenseFacts = {
    keyState: row.keyState,
    keyActivationLimit: row.keyActivationLimit,
    keyExpiresAt: row.keyExpiresAt,
    grant: row.grantState && { state: row.grantState, expiresAt: row.grantExpiresAt, units: row.units ?? 1 },
    pool: { activationLimit: row.poolActivationLimit, keyFor: row.keyFor },
    products: [],
  };
  const { orderShopifyId: orderId, orderName } = row;
  return {
    id: row.id,
    key,
    keyEnd: row.keyEnd,
    state: licenseStateOf(facts, now),
    pool: { id: row.poolId, name: row.poolName },
    order: orderId !== null && orderName !== null ? { id: orderId, name: orderName } : null,
    product: row.title,
    variant: row.variantTitle,
    productId: row.productId,
    variantId: row.variantId,
    sku: row.sku,
    email: row.holderEmail ?? row.orderEmail,
    reference: row.reference,
    activationLimit: activationLimitOf(facts),
    activationsUsed: row.used,
    issuedAt: (row.keyIssuedAt ?? row.grantedAt ?? now).toISOString(),
    expiresAt: licenseEndOf(facts)?.toISOString() ?? null,
  };
}
