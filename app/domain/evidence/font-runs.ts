import ranges from "@fontsource/noto-sans/unicode.json";

/** The parts that Noto Sans comes in, the common first. */
const fontParts = [
  "latin",
  "latin-ext",
  "cyrillic",
  "greek",
  "vietnamese",
  "cyrillic-ext",
  "greek-ext",
  "devanagari",
] as const;
export type FontPart = (typeof fontParts)[number];

export type FontRun = { part: FontPart; text: string };

/** What stands for a character that none of the parts has: Chinese, Japanese and Korean would need fonts of 10 MB. */
export const MISSING = "\uFFFD";

const spans = fontParts.map((part) => {
  const list = ranges[part].split(",").map((range) => {
    const [from = "0", to = from] = range.slice("U+".length).split("-");
    return { from: parseInt(from, 16), to: parseInt(to, 16) };
  });
  return { part, list };
});

/** A text cut where its font has to change. */
export function fontRuns(text: string): FontRun[] {
  const runs: FontRun[] = [];
  for (const character of text.normalize("NFC").replaceAll(/\p{Cc}/gu, " ")) {
    const part = partOf(character);
    const last = runs.at(-1);
    const shown = { part: part ?? "latin", text: part ? character : MISSING };
    if (last?.part === shown.part) last.text += shown.text;
    else runs.push(shown);
  }
  return runs;
}

function partOf(character: string): FontPart | undefined {
  const code = character.codePointAt(0) ?? 0;
  return spans.find(({ list }) => list.some(({ from, to }) => from <= code && code <= to))?.part;
}
