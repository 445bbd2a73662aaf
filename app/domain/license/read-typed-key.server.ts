import { db } from "~/db.server";
import { KeyRule, readTyped } from "~/domain/pool/key-rule";
import { remember } from "~/remember";
import { keyHash } from "./key-text.server";
import { bareText, typedTexts } from "./typed-texts";

const REMEMBERED_MS = 60_000;

/** What the text that a person typed as a key may be found by. */
export type TypedKeyHashes = {
  /** Of what they may have meant, the likeliest first. */
  keyHashes: Uint8Array[];
  /** The same however the key was typed: what calls about it are counted by. */
  countedBy: Uint8Array;
  /** It looks like a key that a rule made, and its check characters say that it was mistyped. */
  isTypo: boolean;
  /** Every key of the shop was made by a rule, so a typo needs no look into the database. */
  isTypoCertain: boolean;
};

type ShopRules = { rules: KeyRule[]; hasOtherKeys: boolean };

const rememberedRules = remember<ShopRules>({ ttlMs: REMEMBERED_MS }, readRules);

/**
 * Reads a key as a person typed it: as it stands, in upper and lower case, without space, with plain dashes, and
 * as the rules that make the shop's keys would have written it.
 */
export async function readTypedKey(shopId: string, text: string): Promise<TypedKeyHashes> {
  const { rules, hasOtherKeys } = await rememberedRules(shopId);
  const read = rules.map((rule) => readTyped(rule, text));
  const meant = read.flatMap((typed) => (typed.kind === "key" ? [typed.text] : []));
  const isTypo = meant.length === 0 && read.some(({ kind }) => kind === "typo");

  const texts = [...new Set([text.trim(), ...meant, ...typedTexts(text)])];
  return {
    keyHashes: texts.map((one) => keyHash(shopId, one)),
    countedBy: keyHash(shopId, bareText(meant[0] ?? text)),
    isTypo,
    isTypoCertain: isTypo && !hasOtherKeys,
  };
}

async function readRules(shopId: string): Promise<ShopRules> {
  const [pools, imported] = await Promise.all([
    db.pool.findMany({ where: { shopId }, select: { rule: true, hasOtherKeys: true } }),
    db.keyImport.findFirst({ where: { shopId, added: { gt: 0 } }, select: { id: true } }),
  ]);
  const rules = pools.flatMap(({ rule }) => {
    const known = KeyRule.safeParse(rule);
    return known.success ? [known.data] : [];
  });
  return { rules, hasOtherKeys: imported !== null || pools.some((pool) => pool.hasOtherKeys) };
}
