import { z } from "zod";

/** What a person may put between the blocks. */
export const SEPARATORS = ["", "-", "_", ".", ":", "/", " "] as const;

const KEY_RULE_LIMITS = { blocks: 12, blockLength: 32, characters: 62, affixCharacters: 40 } as const;

const CHECK_CHARACTERS = 2;

const affix = z
  .string()
  .trim()
  .max(KEY_RULE_LIMITS.affixCharacters, `Use at most ${KEY_RULE_LIMITS.affixCharacters} characters`)
  .regex(/^[\x21-\x7e]*$/, "Use letters, digits and signs without spaces");

const count = (most: number) => z.number().int().min(1, "Enter at least 1").max(most, `Enter at most ${most}`);

/**
 * How a pool's keys are made: prefix, blocks of random characters between separators, suffix.
 *
 * With `hasCheck` the last two characters of the last block are worked out from the others.
 */
export const KeyRule = z
  .object({
    /** The characters of the blocks: letters and digits, each once; upper and lower case are different characters. */
    characters: z
      .string()
      .regex(/^[0-9A-Za-z]*$/, "Use letters and digits only")
      .min(2, "Use at least 2 characters")
      .refine((characters) => new Set(characters).size === characters.length, "Each character may be there only once"),
    blocks: count(KEY_RULE_LIMITS.blocks),
    /** Characters per block. */
    blockLength: count(KEY_RULE_LIMITS.blockLength),
    separator: z.enum(SEPARATORS),
    prefix: affix,
    suffix: affix,
    hasCheck: z.boolean(),
  })
  .refine((rule) => !rule.hasCheck || randomCharacters(rule) > 0, {
    path: ["blockLength"],
    message: "Check characters need blocks of more than 2 characters in all",
  });

export type KeyRule = z.infer<typeof KeyRule>;

/** What a person typed, read by a rule. */
export type TypedKey =
  /** `text` is the key as it was written, exactly. Whether there is such a key only the database knows. */
  | { kind: "key"; text: string }
  /** It looks like a key of this rule, and its check characters say that something in it is wrong. */
  | { kind: "typo" }
  /** It is no key of this rule; perhaps it is one from elsewhere. */
  | { kind: "other" };

/** How many different keys a rule can make. */
export function spaceOf(rule: KeyRule): bigint {
  return BigInt(rule.characters.length) ** BigInt(randomCharacters(rule));
}

/**
 * How many keys a pool may hold by a rule: so many that the chance of two alike, and that of a blind guess
 * being one of them, together stay under 1 in 10^9.
 *
 * @returns at most 10^12, which is more than any pool holds.
 */
export function mostKeys(rule: KeyRule): number {
  const space = spaceOf(rule);
  let fits = 0;
  for (let step = 2 ** 40; step >= 1; step /= 2) {
    if (meetings(fits + step) * 1_000_000_000n <= space) fits += step;
  }
  return Math.min(fits, 1e12);
}

/** Pairs among so many keys and one guess. */
function meetings(keys: number): bigint {
  return (BigInt(keys) * BigInt(keys + 1)) / 2n;
}

/**
 * Makes one key.
 *
 * @param pick  a whole number from 0 to below its argument, each as likely as any other
 */
export function writeKey(rule: KeyRule, pick: (below: number) => number): string {
  const { characters } = rule;
  const random = Array.from({ length: randomCharacters(rule) }, () => characters[pick(characters.length)] ?? "").join(
    "",
  );
  return lay(rule, rule.hasCheck ? random + checkOf(characters, random) : random);
}

/**
 * Reads what a person typed: space, dashes and separators may be anywhere or missing; upper and lower case
 * are alike where the rule's characters do not tell them apart; of characters that look alike (O and 0; I, L
 * and 1; …) each stands for the one that the rule has.
 */
export function readTyped(rule: KeyRule, text: string): TypedKey {
  const typed = withoutGaps(text);
  const prefix = withoutGaps(rule.prefix);
  const suffix = withoutGaps(rule.suffix);
  const length = rule.blocks * rule.blockLength;
  if (typed.length !== prefix.length + length + suffix.length) return { kind: "other" };

  const middle = typed.slice(prefix.length, prefix.length + length);
  const around = [typed.slice(0, prefix.length), typed.slice(prefix.length + length)];
  if (looks(around.join(" ")) !== looks(`${prefix} ${suffix}`)) return { kind: "other" };

  const meant = readingsOf(rule.characters);
  const read = Array.from(middle, (character) => meant.get(character) ?? "").join("");
  if (read.length !== length) return { kind: "other" };
  if (rule.hasCheck && checkOf(rule.characters, read.slice(0, -CHECK_CHARACTERS)) !== read.slice(-CHECK_CHARACTERS)) {
    return { kind: "typo" };
  }
  return { kind: "key", text: lay(rule, read) };
}

function randomCharacters({
  blocks,
  blockLength,
  hasCheck,
}: {
  blocks: number;
  blockLength: number;
  hasCheck: boolean;
}): number {
  return blocks * blockLength - (hasCheck ? CHECK_CHARACTERS : 0);
}

function lay({ prefix, suffix, separator, blockLength, blocks }: KeyRule, characters: string): string {
  const laid = Array.from({ length: blocks }, (_, block) =>
    characters.slice(block * blockLength, (block + 1) * blockLength),
  );
  return prefix + laid.join(separator) + suffix;
}

/**
 * Two check characters over any set of n characters.
 *
 * With characters counted from 0, the sum of each times a power of 2 (the last times 2, the one before times
 * 4, …), modulo the largest prime p up to n², written in base n. As p is prime and at least n, neither a changed
 * character nor a swap of neighbors (a factor of 2 apart) leaves the sum alone. A swap across the border of the
 * two parts changes the sum by 2 and the check by -n times the same difference: p divides n + 2 for no n.
 */
function checkOf(characters: string, text: string): string {
  const size = characters.length;
  const prime = largestPrimeTo(size * size);
  let sum = 0;
  for (const character of text) sum = ((sum + characters.indexOf(character)) * 2) % prime;
  return (characters[Math.floor(sum / size)] ?? "") + (characters[sum % size] ?? "");
}

function largestPrimeTo(most: number): number {
  for (let candidate = most; ; candidate--) {
    if (isPrime(candidate)) return candidate;
  }
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

/** Characters that people take for one another. */
const LOOK_ALIKES = ["0Oo", "1IiLl", "2Zz", "5Ss", "8Bb", "UuVv"];

/** Which of a rule's characters each character stands for that a person may have typed. */
function readingsOf(characters: string): Map<string, string> {
  const meant = new Map(Array.from(characters, (character) => [character, character]));
  for (const alike of LOOK_ALIKES.concat(Array.from(characters, bothCases))) {
    const known = Array.from(alike).filter((character) => characters.includes(character));
    const [only] = known;
    if (only === undefined || known.length > 1) continue;
    for (const character of alike) meant.set(character, only);
  }
  return meant;
}

function bothCases(character: string): string {
  return character.toLowerCase() + character.toUpperCase();
}

/** How a text looks at a glance: texts that people take for one another are the same. */
function looks(text: string): string {
  const upper = text.toUpperCase();
  return LOOK_ALIKES.reduce((seen, alike) => seen.replaceAll(new RegExp(`[${alike}]`, "g"), alike[0] ?? ""), upper);
}

/** Without space, dashes of every length, and what stands between blocks. */
function withoutGaps(text: string): string {
  return text.replaceAll(/[\s\p{Pd}\p{Cf}\u2212_.:/]/gu, "");
}
