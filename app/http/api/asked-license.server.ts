import type { ActivationRefusal } from "~/domain/activation/activate.server";
import type { DeactivationRefusal } from "~/domain/activation/deactivate.server";
import { recordGuess } from "~/domain/guess/record-guess.server";
import { readTypedKey } from "~/domain/license/read-typed-key.server";
import { findShopForSoftware, type SoftwareShop } from "~/domain/shop/find-shop-for-software.server";
import { callerOf, type Caller } from "~/http/caller";
import { addressOf } from "./address-of";
import { apiError } from "./answer-api.server";
import { licenseRefusals } from "./license-refusals";
import { countGuess, throttleAddress, throttleKey } from "./throttle.server";

/** Counts the caller before anything of the call is read. */
export const throttleCaller = (caller: Caller) => throttleAddress(addressOf(caller.ip));

/** @throws apiError 404 when no such shop uses the app */
export async function askedShop(domain: string): Promise<SoftwareShop> {
  const shop = await findShopForSoftware(domain);
  if (!shop) throw apiError(404, "unknown_shop", `No shop at ${domain} uses this app.`);
  return shop;
}

export type AskedLicense = {
  shop: SoftwareShop;
  license: { keyHashes: Uint8Array[] };
  /** Its check characters say that it was mistyped: should it not be found, that is why. */
  isTypo: boolean;
  /** It need not be looked for. */
  isTypoCertain: boolean;
  actor: { id: "software" } & Caller;
};

/** What the call is about. @throws apiError 404 for an unknown shop, 429 when the key was asked for too often */
export async function askedLicense(request: Request, body: { shop: string; key: string }): Promise<AskedLicense> {
  const shop = await askedShop(body.shop);
  const { keyHashes, countedBy, ...typo } = await readTypedKey(shop.id, body.key);
  await throttleKey(countedBy);

  return { shop, license: { keyHashes }, ...typo, actor: { id: "software", ...callerOf(request) } };
}

/** Keeps that a key was tried which the shop does not have. */
export async function noteUnknownKey({ shop, actor }: AskedLicense, now: Date): Promise<void> {
  const address = addressOf(actor.ip);
  if (address === null) return;
  await Promise.all([countGuess(address), recordGuess(shop.id, address, now)]);
}

/** @returns the code and sentence for a key that was not found */
export function unknownKey({ isTypo }: { isTypo: boolean }) {
  return isTypo
    ? {
        code: "mistyped_key" as const,
        message: "There is a typing mistake in this license key. Compare it with the one you were given.",
      }
    : { code: "unknown_key" as const, message: "This is not a license key of this shop." };
}

/** The answer to a call that was refused; an unknown key is counted. */
export async function licenseRefusal(asked: AskedLicense, reason: ActivationRefusal | DeactivationRefusal, now: Date) {
  if (reason !== "unknown_key")
    return apiError(licenseRefusals[reason].status, reason, licenseRefusals[reason].message);

  await noteUnknownKey(asked, now);
  const { code, message } = unknownKey(asked);
  return apiError(404, code, message);
}
