import { SignJWT } from "jose";
import { findSigningKey } from "~/domain/signing-key/signing-keys.server";
import { env } from "~/env.server";
import { licenseEndOf } from "./license";
import { licenseView } from "./license-view";
import type { License } from "./read-license.server";

export type SigningShop = { id: string; domain: string; graceDays: number };

/**
 * A license that software may go by without asking: product, key's last characters, fingerprint, limit, end.
 *
 * It is good until `exp`: the shop's days of grace from now, or the license's own end where that comes first.
 * A license revoked meanwhile is good on that machine until then and no longer.
 *
 * @returns a JWS (compact, EdDSA) whose header names the key it is checked with
 */
export async function signLicense(
  shop: SigningShop,
  license: License,
  fingerprint: string,
  now: Date,
): Promise<string> {
  const { kid, privateKey } = await findSigningKey(shop.id);
  const { state: _, activationsUsed: __, ...facts } = licenseView(license, now);
  const issued = seconds(now);
  const graceEnds = issued + shop.graceDays * 86_400;
  const end = licenseEndOf(license);

  return new SignJWT({ ...facts, shop: shop.domain, fingerprint, graceDays: shop.graceDays })
    .setProtectedHeader({ alg: "EdDSA", typ: "license+jwt", kid })
    .setIssuer(env.SHOPIFY_APP_URL)
    .setIssuedAt(issued)
    .setExpirationTime(end ? Math.min(graceEnds, seconds(end)) : graceEnds)
    .sign(privateKey);
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
