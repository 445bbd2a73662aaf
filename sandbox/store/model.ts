/**
 * What the stand-in Shopify knows. Every `id` is a gid. Amounts are whole cents of the shop's
 * currency. Moments are ISO 8601 in UTC, to the second, as Shopify counts: `2026-01-15T12:00:00Z`.
 */

export type Shop = {
  id: string;
  /** `name.myshopify.com` */
  domain: string;
  name: string;
  ownerName: string;
  email: string;
  phone: string;
  currency: string;
  /** the shop's primary language, such as `en` */
  locale: string;
  /** IANA name; the offset of every moment in a webhook */
  timeZone: string;
  address: {
    address1: string;
    city: string;
    province: string;
    provinceCode: string;
    zip: string;
    country: string;
    countryCode: string;
  };
  createdAt: string;
  updatedAt: string;
  /** null while the app is not installed */
  installedAt: string | null;
  /** what the merchant agreed to, as `shopify.app.toml` asked at that time */
  grantedScopes: string[];
  /** false: the app is not approved for protected customer data; it gets null or nothing there */
  protectedCustomerData: boolean;
};

export type Variant = {
  id: string;
  productId: string;
  /** `Default Title` for the only variant of a product */
  title: string;
  sku: string;
  priceCents: number;
  position: number;
  requiresShipping: boolean;
  /** units left to sell, at the shop's only location; absent: not tracked, sold without end */
  stock?: number;
  createdAt: string;
  updatedAt: string;
};

export type Product = {
  id: string;
  shop: string;
  title: string;
  handle: string;
  /** plain text */
  description: string;
  vendor: string;
  productType: string;
  tags: string[];
  /** CSS color of its picture on the storefront */
  color: string;
  /** name of the option that tells variants apart: `Title` when there is only one */
  optionName: string;
  variants: Variant[];
  createdAt: string;
  updatedAt: string;
};

export type Customer = {
  id: string;
  shop: string;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  locale: string;
  tags: string[];
  createdAt: string;
  updatedAt: string;
};

export type FinancialStatus =
  "pending" | "authorized" | "partially_paid" | "paid" | "partially_refunded" | "refunded" | "voided" | "expired";

export type RiskLevel = "none" | "low" | "medium" | "high";

export type OrderLine = {
  id: string;
  productId: string;
  variantId: string;
  title: string;
  /** null for the only variant of a product */
  variantTitle: string | null;
  sku: string;
  vendor: string;
  priceCents: number;
  /** as ordered */
  quantity: number;
  /** what is left after edits and refunds */
  currentQuantity: number;
  fulfilledQuantity: number;
  requiresShipping: boolean;
  sellingPlan: { id: string; name: string } | null;
};

export type Transaction = {
  id: string;
  kind: "authorization" | "sale" | "capture" | "refund" | "void";
  status: "success" | "pending";
  amountCents: number;
  gateway: string;
  parentId: string | null;
  createdAt: string;
};

export type Refund = {
  id: string;
  note: string | null;
  createdAt: string;
  lines: { id: string; lineId: string; quantity: number; subtotalCents: number }[];
  /** given back without naming a line */
  adjustmentCents: number;
  transactionIds: string[];
};

export type Fulfillment = {
  id: string;
  name: string;
  createdAt: string;
  lines: { id: string; lineId: string; quantity: number }[];
};

export type OrderEdit = { id: string; at: string; additions: LineDelta[]; removals: LineDelta[] };
type LineDelta = { lineId: string; delta: number };

export type Order = {
  id: string;
  shop: string;
  /** `#1001` */
  name: string;
  number: number;
  email: string | null;
  phone: string | null;
  customerId: string | null;
  /** language of the buyer, such as `de` */
  locale: string;
  sourceName: string;
  currency: string;
  checkoutToken: string;
  cartToken: string;
  /** names the order in its status page's address */
  token: string;
  statusPageUrl: string;
  confirmationNumber: string;
  clientIp: string;
  note: string | null;
  tags: string[];
  attributes: { name: string; value: string }[];
  financialStatus: FinancialStatus;
  lines: OrderLine[];
  transactions: Transaction[];
  refunds: Refund[];
  fulfillments: Fulfillment[];
  edits: OrderEdit[];
  riskLevel: RiskLevel;
  fulfillmentOrderId: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
  processedAt: string;
  createdAt: string;
  updatedAt: string;
};

export type Faults = {
  /** probabilities from 0 to 1: never sent / sent twice / held back so that later ones overtake it */
  webhooks?: { drop?: number; duplicate?: number; shuffle?: number };
  /** the Admin API answers `status` to the share `rate` (0 to 1) of requests */
  admin?: { status: number; rate: number };
  storage?: { status?: number; rate?: number; latencyMs?: number };
  mail?: { reject?: number | boolean | string };
};
