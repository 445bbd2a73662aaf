import { createCipheriv, createHmac, randomFillSync, type KeyObject } from "node:crypto";

// Imports nothing of the app, so that a thread can load it by itself.

export const SEAL_VERSION = 1;
export const SEAL_ID_BYTES = 4;
export const SEAL_NONCE_BYTES = 12;

/** What license keys are sealed with: `id` names the encryption key in every ciphertext. */
export type SealingKeys = { id: Uint8Array; encryption: KeyObject; hash: KeyObject };

/**
 * Seals a text for one shop: a ciphertext moved to another no longer opens.
 *
 * @returns version (1 byte), id of the encryption key (4), nonce (12), text, tag (16)
 */
export function seal({ id, encryption }: SealingKeys, shopId: string, text: string): Buffer<ArrayBuffer> {
  const nonce = freshNonce();
  const cipher = createCipheriv("aes-256-gcm", encryption, nonce).setAAD(Buffer.from(shopId));
  const sealed = [cipher.update(text, "utf8"), cipher.final()];
  return Buffer.concat([Buffer.of(SEAL_VERSION), id, nonce, ...sealed, cipher.getAuthTag()]);
}

// Random bytes cost a call into the system each time they are asked for: more than the sealing itself.
const nonces = Buffer.alloc(SEAL_NONCE_BYTES * 1024);
let nextNonce = nonces.length;

/** Random bytes that are given out once; to be used before the next are asked for. */
function freshNonce(): Uint8Array {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += SEAL_NONCE_BYTES;
  return nonces.subarray(nextNonce - SEAL_NONCE_BYTES, nextNonce);
}

/** The same shop and text always give the same 32 bytes. */
export function sealedHash({ hash }: Pick<SealingKeys, "hash">, shopId: string, text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHmac("sha256", hash).update(`${shopId}\n${text}`).digest());
}
