import { createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { env } from "~/env.server";
import {
  seal,
  SEAL_ID_BYTES as ID_BYTES,
  SEAL_NONCE_BYTES as NONCE_BYTES,
  SEAL_VERSION as VERSION,
  sealedHash,
  type SealingKeys,
} from "./key-seal.server";

const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES + NONCE_BYTES;

/** What is derived from one entry of KEY_ENCRYPTION_KEYS: each purpose has a key of its own. */
type Keyring = { id: Buffer; encryption: KeyObject };

// Key objects and not bytes: OpenSSL then prepares each key once, which is most of the work on a short text.
const keyrings = env.KEY_ENCRYPTION_KEYS.map((master): Keyring => ({
  id: derive(master, "key id", ID_BYTES),
  encryption: createSecretKey(derive(master, "encryption", 32)),
}));

// The oldest entry, which is the last: a new one put first must not change the hash of what is stored.
const hash = createSecretKey(derive(env.KEY_ENCRYPTION_KEYS.at(-1) ?? env.KEY_ENCRYPTION_KEYS[0], "hash", 32));

/** What new keys are sealed with, for threads: they can be handed from one to another. */
export function sealingKeys(): SealingKeys {
  const keyring = keyrings[0];
  if (!keyring) throw new Error("KEY_ENCRYPTION_KEYS is empty");
  return { ...keyring, hash };
}

/**
 * Seals the text of a license key with the first of KEY_ENCRYPTION_KEYS.
 *
 * @param shopId  bound to the text: a ciphertext moved to another shop no longer opens
 * @returns version (1 byte), id of the encryption key (4), nonce (12), text, tag (16)
 */
export function encryptKey(shopId: string, text: string): Buffer<ArrayBuffer> {
  return seal(sealingKeys(), shopId, text);
}

/**
 * Opens what `encryptKey` sealed, with whichever of KEY_ENCRYPTION_KEYS sealed it.
 *
 * @throws when it was altered, belongs to another shop, or its encryption key is no longer listed.
 */
export function decryptKey(shopId: string, ciphertext: Uint8Array): string {
  const bytes = Buffer.from(ciphertext);
  if (bytes.length < HEADER_BYTES + TAG_BYTES || bytes[0] !== VERSION) {
    throw new Error("A stored license key is not in a known format");
  }
  const keyring = keyrings.find(({ id }) => id.equals(bytes.subarray(1, 1 + ID_BYTES)));
  if (!keyring) throw new Error("A stored license key was encrypted with a key missing from KEY_ENCRYPTION_KEYS");

  const nonce = bytes.subarray(1 + ID_BYTES, HEADER_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", keyring.encryption, nonce)
    .setAAD(Buffer.from(shopId))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(HEADER_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

/**
 * Finds a key without decrypting: the same shop and text always give the same 32 bytes.
 *
 * Made with the **last** of KEY_ENCRYPTION_KEYS, so a new one goes first and the last one stays: taking it
 * off the list would make every stored key unfindable, and importable a second time.
 */
export function keyHash(shopId: string, text: string): Buffer<ArrayBuffer> {
  return sealedHash({ hash }, shopId, text);
}

function derive(master: Buffer, purpose: string, lengthBytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", master, "", `featherpost license keys: ${purpose}`, lengthBytes));
}
