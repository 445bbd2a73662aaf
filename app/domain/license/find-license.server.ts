import { db } from "~/db.server";
import { activationLimitOf, licenseEndOf, licenseStateOf, type LicenseState } from "./license";
import { readLicense } from "./read-license.server";

/** A license as the merchant sees it. */
export type FoundLicense = {
  id: string;
  grantId: string | null;
  title: string;
  variantTitle: string | null;
  /** Last characters of its text: see `revealLicense`. */
  keyEnd: string;
  state: LicenseState;
  /** Why, where it is not active: who took it away. */
  takenBy: "order" | "person" | null;
  pool: { id: string; name: string };
  order: { id: string; name: string; email: string | null } | null;
  /** Of one without an order. */
  issued: { at: Date; holderEmail: string | null; reference: string | null } | null;
  /** When its customer first saw the key. */
  shownAt: Date | null;
  /** Machines at a time; null: any number. */
  activationLimit: number | null;
  used: number;
  /** The key's own; null: those of its pool. 0: unlimited. */
  ownLimit: number | null;
  poolLimit: number | null;
  expiresAt: Date | null;
  /** The key's own end; null: its grant's. */
  ownExpiresAt: Date | null;
  note: string | null;
};

/** A license by the id of its key; null when the shop has none, as of a key that nobody was given. */
export async function findLicense(shopId: string, keyId: string, now: Date): Promise<FoundLicense | null> {
  const license = await readLicense(db, shopId, { keyId }, null);
  if (!license) return null;

  const key = await db.poolKey.findUniqueOrThrow({
    where: { id: keyId },
    include: {
      pool: { select: { id: true, name: true } },
      grant: {
        select: { shownAt: true, revokedBy: true, order: { select: { id: true, name: true, email: true } } },
      },
    },
  });
  const { issuedAt, holderEmail, reference, note, grant } = key;
  return {
    id: keyId,
    grantId: license.grantId,
    title: license.title,
    variantTitle: license.variantTitle,
    keyEnd: license.keyEnd,
    state: licenseStateOf(license, now),
    takenBy: grant?.revokedBy ?? null,
    pool: key.pool,
    order: grant?.order ?? null,
    issued: issuedAt && { at: issuedAt, holderEmail, reference },
    shownAt: grant?.shownAt ?? null,
    activationLimit: activationLimitOf(license),
    used: license.machine.used,
    ownLimit: license.keyActivationLimit,
    poolLimit: activationLimitOf({ ...license, keyActivationLimit: null }),
    expiresAt: licenseEndOf(license),
    ownExpiresAt: license.keyExpiresAt,
    note,
  };
}
