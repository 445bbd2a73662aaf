/** What decides about a license, as it stands now. A license is a granted key, or one that the merchant's software issued. */
export type LicenseFacts = {
  /** Never `available`: a key that nobody was given is no license. */
  keyState: "granted" | "revoked" | "disabled";
  /** The key's own limit; 0: unlimited; null: the pool's. */
  keyActivationLimit: number | null;
  /** The key's own end; null: the grant's. */
  keyExpiresAt: Date | null;
  /** Null for a license without an order. */
  grant: { state: "active" | "waiting" | "held" | "revoked"; expiresAt: Date | null; units: number } | null;
  /** As it was when the key was sold. */
  pool: { activationLimit: number | null; keyFor: "unit" | "line" };
  /** What it was sold as: ids and SKU of product and variant. Of a license without an order: what its pool is attached to. */
  products: readonly string[];
};

/** The machine that asks, and the places of the license that are taken. */
export type MachineFacts = {
  /** Activations of the license, the blocked ones not counted. */
  used: number;
  state: "activated" | "suspended" | "blocked" | "unknown";
};

export type LicenseState = "active" | "revoked" | "disabled" | "held" | "expired";

/** What may be wrong with a license itself, in the order it is asked. */
export type LicenseReason = "wrong_product" | "revoked" | "disabled" | "held" | "expired";
/** What may be wrong with this machine, asked after that. */
export type MachineReason = "blocked" | "suspended" | "limit_reached" | "not_activated";

export type Question = {
  /** The product that the software is of: id or SKU; null: it does not say. */
  product: string | null;
  /** Null: nothing is asked of a machine. */
  machine: MachineFacts | null;
  /** A license ends at, not after, its end. */
  now: Date;
};

/** Why a license is not good for what is asked, the first reason first; null: it is. */
export function refusalOf(license: LicenseFacts, question: Question): LicenseReason | MachineReason | null {
  const { product, machine, now } = question;
  if (product !== null && !isOf(license, product)) return "wrong_product";
  const state = licenseStateOf(license, now);
  if (state !== "active") return state;
  return machine && machineRefusalOf(machine, activationLimitOf(license));
}

function machineRefusalOf({ state, used }: MachineFacts, limit: number | null): MachineReason | null {
  if (state === "activated") return null; // it keeps its place, even when the limit was lowered since
  if (state !== "unknown") return state;
  return limit !== null && used >= limit ? "limit_reached" : "not_activated";
}

export function licenseStateOf({ keyState, grant, ...license }: LicenseFacts, now: Date): LicenseState {
  if (keyState === "revoked" || grant?.state === "revoked") return "revoked";
  if (keyState === "disabled") return "disabled";
  if (grant && grant.state !== "active") return "held";

  const end = licenseEndOf({ keyExpiresAt: license.keyExpiresAt, grant });
  return end !== null && end <= now ? "expired" : "active";
}

/** When it ends; null: never. A key's own end stands in for that of its grant. */
export function licenseEndOf({ keyExpiresAt, grant }: Pick<LicenseFacts, "keyExpiresAt" | "grant">): Date | null {
  return keyExpiresAt ?? grant?.expiresAt ?? null;
}

/**
 * Machines that may be activated at a time; null: any number.
 *
 * A key's own limit is final. The pool's counts for each unit bought where one key is given for the whole line.
 */
export function activationLimitOf({
  keyActivationLimit,
  grant,
  pool,
}: Pick<LicenseFacts, "keyActivationLimit" | "grant" | "pool">): number | null {
  if (keyActivationLimit !== null) return keyActivationLimit === 0 ? null : keyActivationLimit;
  if (pool.activationLimit === null) return null;
  return pool.activationLimit * (pool.keyFor === "line" ? Math.max(1, grant?.units ?? 1) : 1);
}

/** Ids match with and without `gid://shopify/…/`, SKUs in any case. */
function isOf({ products }: LicenseFacts, product: string): boolean {
  const asked = plain(product);
  return products.some((one) => plain(one) === asked);
}

function plain(product: string): string {
  return product
    .trim()
    .toLowerCase()
    .replace(/^gid:\/\/shopify\/product(variant)?\//, "");
}
