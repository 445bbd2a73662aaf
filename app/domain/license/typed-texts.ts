/** Dashes of every kind, the minus sign, and what keyboards put in their place. */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u00AD]/g;
/** Spaces of every kind, and marks that take no room. */
const SPACES = /[\s\u200B-\u200D\u2060\uFEFF]+/g;

/**
 * What a person may have meant who typed or pasted this as a license key, the likeliest first.
 *
 * Before it comes the text as it is, so that a key always answers to its own text. What look-alike letters
 * stand for, only the rule that made a key knows (app/domain/pool/key-rule.ts).
 */
export function typedTexts(text: string): string[] {
  const exact = text.trim();
  const dashed = exact.normalize("NFKC").replace(DASHES, "-").replace(SPACES, " ").trim();
  const joined = dashed.replaceAll(" ", "");
  const written = [exact, dashed, joined];
  return [...new Set([...written, ...written.map(upper), ...written.map(lower)])].filter(Boolean);
}

/** What all ways of typing a key have in common: its letters and digits. */
export function bareText(text: string): string {
  const bare = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return bare || text.trim();
}

const upper = (text: string) => text.toUpperCase();
const lower = (text: string) => text.toLowerCase();
