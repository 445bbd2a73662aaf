import { refusalOf, type LicenseReason, type MachineReason } from "./license";
import { findLicense, type License } from "./read-license.server";

export type ValidateInput = {
  shopId: string;
  /** Of what was typed as its key, the likeliest first. */
  keyHashes: Uint8Array[];
  /** Null: only the license itself is asked about. */
  fingerprint: string | null;
  /** Id or SKU of what the software is; null: it does not say. */
  product: string | null;
  now: Date;
};

export type ValidateReason = "unknown_key" | LicenseReason | MachineReason;

export type ValidateResult = { reason: null; license: License } | { reason: ValidateReason; license: License | null };

/** Whether a license is good on a machine now. Takes no place and no lock: one statement. */
export async function validate(input: ValidateInput): Promise<ValidateResult> {
  const { shopId, keyHashes, fingerprint, product, now } = input;
  const license = await findLicense(shopId, { keyHashes }, fingerprint);
  if (!license) return { reason: "unknown_key", license: null };

  const machine = fingerprint === null ? null : license.machine;
  return { reason: refusalOf(license, { product, machine, now }), license };
}
