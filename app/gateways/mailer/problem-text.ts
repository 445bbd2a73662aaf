const MAX_PROBLEM = 500;

/** What a mail server said, to be kept: in one line, and without the addresses it names, which redaction would miss. */
export function problemText(said: string): string {
  return said
    .replaceAll(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "…")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, MAX_PROBLEM);
}
