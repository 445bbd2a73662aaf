import { createHash, randomBytes } from "node:crypto";
import type { Delivery } from "@prisma/client";
import { decryptKey, encryptKey } from "~/domain/license/key-text.server";

const TOKEN_BYTES = 16;

/** A new secret for a delivery's page: how it is found, and the secret itself, sealed until the message is sent. */
export function sealDeliveryToken(shopId: string): { hash: Buffer; ciphertext: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { hash: Buffer.from(deliveryTokenHash(token)), ciphertext: encryptKey(shopId, token) };
}

/** How a page's token is kept and found. */
export function deliveryTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}

/** The token of a delivery that was not sent yet; null once it was. */
export function readDeliveryToken({
  shopId,
  tokenCiphertext,
}: Pick<Delivery, "shopId" | "tokenCiphertext">): string | null {
  return tokenCiphertext ? decryptKey(shopId, tokenCiphertext) : null;
}
