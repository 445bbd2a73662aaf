import type { KeyRule } from "./key-rule";

/** Sets of characters to choose from. */
export const KEY_SETS = [
  { label: "Capitals and digits without look-alikes (no O, I, L, U)", characters: "0123456789ABCDEFGHJKMNPQRSTVWXYZ" },
  { label: "Capitals and digits", characters: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { label: "Capitals", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { label: "Digits", characters: "0123456789" },
  { label: "Hexadecimal", characters: "0123456789ABCDEF" },
  {
    label: "Capitals, small letters and digits",
    characters: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  },
] as const;

/** What a merchant begins with. */
export const FIRST_RULE: KeyRule = {
  characters: KEY_SETS[0].characters,
  blocks: 4,
  blockLength: 5,
  separator: "-",
  prefix: "",
  suffix: "",
  hasCheck: true,
};
