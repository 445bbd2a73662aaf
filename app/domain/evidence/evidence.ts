/** What was sold, given and fetched, to answer a payment dispute with. No key text and no link: they would open something. */
export type Evidence = {
  /** All moments are ISO 8601, UTC. */
  gatheredAt: string;
  shop: { domain: string; name: string | null };
  order: {
    name: string;
    /** gid://shopify/Order/… */
    shopifyId: string;
    placedAt: string;
    paidAt: string | null;
    financialStatus: string;
    cancelledAt: string | null;
    source: string | null;
    /** What Shopify's risk assessment said. */
    riskLevel: string | null;
    disputedAt: string | null;
    /** When Shopify was told that it is fulfilled. */
    fulfilledAt: string | null;
  };
  /** Null where Shopify asked to erase it, or never told. */
  customer: { email: string | null; shopifyId: string | null };
  lines: { title: string; variant: string | null; sku: string | null; quantity: number; currentQuantity: number }[];
  grants: EvidenceGrant[];
  messages: {
    kind: string;
    state: string;
    /** Where it was sent; the order's address while it was not. */
    to: string | null;
    createdAt: string;
    sentAt: string | null;
    attempts: number;
  }[];
  downloads: EvidenceDownload[];
  /** More downloads than listed here, the oldest, were left out. */
  downloadsLeftOut: number;
  history: {
    at: string;
    actor: string;
    /** The person's or token's name, as it was then. */
    name: string | null;
    what: string;
    /** Of the customer only. */
    ip: string | null;
    userAgent: string | null;
    data: unknown;
  }[];
};

export type EvidenceGrant = {
  kind: "file" | "link" | "key";
  title: string;
  line: string;
  state: string;
  grantedAt: string;
  revokedAt: string | null;
  expiresAt: string | null;
  downloads: number;
  /** Null: unlimited. */
  downloadLimit: number | null;
  /** The last characters of a key, and when the customer first saw it. */
  key: { end: string; shownAt: string | null } | null;
};

export type EvidenceDownload = {
  at: string;
  /** "started", "repeated" (the same browser again, not counted), or why it was refused. */
  outcome: string;
  title: string;
  fileName: string | null;
  version: number | null;
  sizeBytes: number | null;
  /** Lower-case hex. */
  sha256: string | null;
  ip: string | null;
  userAgent: string | null;
};
