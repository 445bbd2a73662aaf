import { db } from "~/db.server";
import { refusalOf, type LicenseReason, type MachineReason } from "./license";
import { readLicense, type License, type LicenseChoice } from "./read-license.server";

export type ValidateInput = {
  shopId: string;
  license: LicenseChoice;
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
  const { shopId, fingerprint, product, now } = input;
  const license = await readLicense(db, shopId, input.license, fingerprint);
  if (!license) return { reason: "unknown_key", license: null };

  const machine = fingerprint === null ? null : license.machine;
  return { reason: refusalOf(license, { product, machine, now }), license };
}
