const LONGEST_TITLE = 255;

/** A title as it is stored: without surrounding space; null when nothing is left of it or it is too long. */
export function assetTitle(text: string): string | null {
  const title = text.trim();
  return title !== "" && title.length <= LONGEST_TITLE ? title : null;
}

/** The title a file gets until the merchant chooses one: its name, as far as it fits. */
export function titleOfFile(fileName: string): string {
  return assetTitle(fileName.slice(0, LONGEST_TITLE)) ?? "Untitled";
}
