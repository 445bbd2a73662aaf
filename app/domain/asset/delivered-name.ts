const LONGEST = 150;
const LONGEST_EXTENSION = 20;

// Controls, line and paragraph separators, and marks that reorder or hide text: a name must read as what it is.
const INVISIBLE = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu;
// What Windows refuses in a name, plus quotes that break a header or a shell line.
const FORBIDDEN = /["'`<>:|?*]/g;
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The name a customer's file is saved under, made of the name the merchant's file had.
 *
 * @param fileName  anything; with a path, only its last part counts
 * @returns 1–150 characters (UTF-16 units) that any system can save. Keeps letters of every script, spaces
 *   inside and the extension. Cleaning a clean name changes nothing.
 */
export function deliveredName(fileName: string): string {
  const visible = fileName.replace(INVISIBLE, "");
  const lastPart =
    visible
      .split(/[/\\]/)
      .map(trimmed)
      .findLast((part) => part !== "") ?? "";
  const name = trimmed(lastPart.replace(FORBIDDEN, "")) || "download";

  return shortened(name.replace(RESERVED, "$1_"));
}

/** A delivered name for what knows only ASCII: letters lose their accents, the rest becomes an underscore. */
export function asciiName(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.replace(/[^\x20-\x7E]/gu, "_").replace(/["\\/%]/g, "_");
}

/** Without space and dots around it: a leading dot hides a file, a trailing one is lost on Windows. */
function trimmed(text: string) {
  return text.replace(/^[\s.]+|[\s.]+$/gu, "");
}

function shortened(name: string) {
  if (name.length <= LONGEST) return name;

  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : "";
  const stem = wholeCharacters(name, LONGEST - extension.length);
  return `${trimmed(stem)}${extension}`;
}

/** The first `length` units, without cutting a character in half. */
function wholeCharacters(text: string, length: number) {
  const isHalved = /[\uD800-\uDBFF]/.test(text[length - 1] ?? "");
  return text.slice(0, isHalved ? length - 1 : length);
}
