const SHOWN_CHARACTERS = 255;

/** A file's name as screens show it. */
export function shownFileName(fileName: string): string {
  return fileName.replaceAll(/\p{Cc}/gu, " ").slice(0, SHOWN_CHARACTERS);
}
