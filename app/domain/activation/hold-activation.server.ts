import type { Activation } from "@prisma/client";
import { validate as isUuid } from "uuid";
import type { Tx } from "~/db.server";
import { lockLicense, readLicense, type License } from "~/domain/license/read-license.server";

/** A license, and one of its activations, held until the transaction ends. */
export type HeldActivation = { license: License; activation: Activation };

/**
 * Holds the license that an activation is of: what changes its activations takes turns.
 *
 * @returns null when the shop has no such activation (any more).
 */
export async function holdActivation(tx: Tx, shopId: string, activationId: string): Promise<HeldActivation | null> {
  const found = isUuid(activationId) && (await tx.activation.findFirst({ where: { id: activationId, shopId } }));
  if (!found) return null;

  const license = await holdLicense(tx, shopId, found.keyId);
  const activation = license && (await tx.activation.findUnique({ where: { id: activationId } }));
  return license && activation && { license, activation };
}

/** The same of a license alone. */
export async function holdLicense(tx: Tx, shopId: string, keyId: string): Promise<License | null> {
  if (!isUuid(keyId) || !(await lockLicense(tx, shopId, { keyId }))) return null;
  return readLicense(tx, shopId, { keyId }, null);
}
