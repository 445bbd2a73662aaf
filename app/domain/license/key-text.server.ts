import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "~/env.server";

const VERSION = 1;
const ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES + NONCE_BYTES;

/** What is derived from one entry of KEY_ENCRYPTION_KEYS: each purpose has a key of its own. */
type Keyring = { id: Buffer; encryption: Buffer };

const keyrings = env.KEY_ENCRYPTION_KEYS.map((master): Keyring => ({
  id: derive(master, "key id", ID_BYTES),
  encryption: derive(master, "encryption", 32),
}));

// The oldest entry, which is the last: a new one put first must not change the hash of what is stored.
const hashKey = derive(env.KEY_ENCRYPTION_KEYS.at(-1) ?? env.KEY_ENCRYPTION_KEYS[0], "hash", 32);

/**
 * Seals the text of a license key with the first of KEY_ENCRYPTION_KEYS.
 *
 * @param shopId  bound to the text: a ciphertext moved to another shop no longer opens
 * @returns version (1 byte), id of the encryption key (4), nonce (12), text, tag (16)
 */
export function encryptKey(shopId: string, text: string): Buffer<ArrayBuffer> {
  const keyring = keyrings[0];
  if (!keyring) throw new Error("KEY_ENCRYPTION_KEYS is empty");

  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyring.encryption, nonce).setAAD(Buffer.from(shopId));
  const sealed = [cipher.update(text, "utf8"), cipher.final()];
  return Buffer.concat([Buffer.of(VERSION), keyring.id, nonce, ...sealed, cipher.getAuthTag()]);
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
  return Buffer.from(createHmac("sha256", hashKey).update(`${shopId}\n${text}`).digest());
}

function derive(master: Buffer, purpose: string, lengthBytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", master, "", `featherpost license keys: ${purpose}`, lengthBytes));
}
