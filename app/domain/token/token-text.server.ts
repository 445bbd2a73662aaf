import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 24;
const END_CHARACTERS = 4;

/** What is stored of a token. The text itself is shown to the merchant once and not kept. */
export type NewToken = { text: string; tokenHash: Buffer<ArrayBuffer>; tokenEnd: string };

/** A token nobody can guess, `fp_` first: secret scanners and people know it by that. */
export function newToken(): NewToken {
  const text = `fp_${randomBytes(TOKEN_BYTES).toString("hex")}`;
  return { text, tokenHash: tokenHash(text), tokenEnd: text.slice(-END_CHARACTERS) };
}

/** 192 random bits need no salt and no slow hash. */
export function tokenHash(text: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(text).digest();
}
