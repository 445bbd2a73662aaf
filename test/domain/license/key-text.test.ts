import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keyEnd } from "~/domain/license/key-end";
import { decryptKey, encryptKey, keyHash } from "~/domain/license/key-text.server";

const shopId = randomUUID();
const text = "SYNTH-0001-ÄÖ-🔑";
const [older, newer] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];

describe("the text of a key at rest", () => {
  test("given a key is encrypted, when it is decrypted for its shop, then it is the same text", () => {
    expect(decryptKey(shopId, encryptKey(shopId, text))).toBe(text);
  });

  test("given the same key twice, when both are encrypted, then nothing shows that they are the same", () => {
    expect(encryptKey(shopId, text).equals(encryptKey(shopId, text))).toBe(false);
  });

  test("given a ciphertext, when it is read, then the text is not in it", () => {
    expect(encryptKey(shopId, text).includes("SYNTH")).toBe(false);
  });

  test("given a ciphertext of one shop, when another shop decrypts it, then it does not open", () => {
    expect(() => decryptKey(randomUUID(), encryptKey(shopId, text))).toThrow();
  });

  test("given a ciphertext of which any byte was changed, when it is decrypted, then it does not open", () => {
    const sealed = encryptKey(shopId, text);

    for (let index = 0; index < sealed.length; index++) {
      const altered = Buffer.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => decryptKey(shopId, altered)).toThrow();
    }
  });

  test.each([[0], [1], [16], [32]])("given only %i bytes, when they are decrypted, then they are refused", (length) => {
    expect(() => decryptKey(shopId, encryptKey(shopId, text).subarray(0, length))).toThrow("not in a known format");
  });
});

describe("a new encryption key put first", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test("given keys stored under the old one, when the new one is first, then they still open and are still found", async () => {
    const before = await keyTextUnder(older);
    const sealed = before.encryptKey(shopId, text);
    const hash = before.keyHash(shopId, text);

    const after = await keyTextUnder(`${newer},${older}`);

    expect(after.decryptKey(shopId, sealed)).toBe(text);
    expect(after.keyHash(shopId, text)).toEqual(hash);
  });

  test("given the new one is first, when a key is encrypted, then the old one alone cannot open it", async () => {
    const sealed = (await keyTextUnder(`${newer},${older}`)).encryptKey(shopId, text);

    const before = await keyTextUnder(older);

    expect(() => before.decryptKey(shopId, sealed)).toThrow("missing from KEY_ENCRYPTION_KEYS");
  });

  async function keyTextUnder(keys: string) {
    vi.stubEnv("KEY_ENCRYPTION_KEYS", keys);
    vi.resetModules();
    return import("~/domain/license/key-text.server");
  }
});

describe("the hash a key is found by", () => {
  test("given the same key in two shops, when both are hashed, then the hashes differ", () => {
    expect(keyHash(shopId, text)).not.toEqual(keyHash(randomUUID(), text));
  });
});

describe("the end of a key", () => {
  test.each([
    ["SYNTH-0001", "0001"],
    ["ABCDEFGH", "EFGH"],
    ["ABCDEFG", "EFG"],
    ["ABC", "C"],
    ["A", ""],
    ["", ""],
    ["🔑🔑🔑🔑", "🔑🔑"],
  ])("given the key %s, when its end is shown, then it is %s: never more than half", (key, end) => {
    expect(keyEnd(key)).toBe(end);
  });
});
