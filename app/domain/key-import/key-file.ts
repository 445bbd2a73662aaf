/** What one import takes. */
export const KEY_FILE_LIMITS = {
  bytes: 20 * 1024 * 1024,
  keys: 500_000,
  lineCharacters: 65_536,
  keyCharacters: 500,
} as const;

/** Why a file as a whole cannot be read: nothing of it is imported. */
export type KeyFileRefusal =
  | "empty"
  | "spreadsheet"
  | "compressed"
  | "pdf"
  | "not_text"
  | "not_utf8"
  | "too_large"
  | "too_many_keys"
  | "line_too_long"
  | "unclosed_quote"
  | "no_keys"
  | "column_needed"
  | "unknown_column";

/** Why one line gave no key; the others are not affected. */
export type BadLine = "no_key" | "too_long" | "line_break" | "invisible_characters" | "stray_quote";

/** A line of a file: a key, or what is wrong with it. Lines count from 1; `end` is the key's last characters. */
export type KeyLine = { line: number; text: string } | { line: number; reason: BadLine; end: string };

/** Stops the reading of a file; the verb that reads answers it as a refusal. */
export class KeyFileProblem extends Error {
  override name = "KeyFileProblem";
  readonly reason: KeyFileRefusal;
  readonly line: number | null;

  /** @param line  where the problem begins, from 1; null when it is with the whole file */
  constructor(reason: KeyFileRefusal, line: number | null = null) {
    super(line === null ? reason : `${reason} on line ${line}`);
    this.reason = reason;
    this.line = line;
  }
}

export type KeyFileRefused = { kind: "refused"; reason: KeyFileRefusal; line: number | null };

/** Turns a `KeyFileProblem` into the refusal it stands for; throws anything else again. */
export function keyFileRefused(problem: unknown): KeyFileRefused {
  if (!(problem instanceof KeyFileProblem)) throw problem;
  return { kind: "refused", reason: problem.reason, line: problem.line };
}
