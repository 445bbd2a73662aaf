/** What one import takes. */
export const KEY_FILE_LIMITS = {
  bytes: 200 * 1024 * 1024,
  keys: 2_000_000,
  lineCharacters: 65_536,
  keyCharacters: 500,
  noteCharacters: 500,
  activationLimit: 100_000,
  /** Different pools and SKUs that the lines of one file may name. */
  targets: 1_000,
} as const;

/** Why a file as a whole cannot be read: nothing of it is imported. */
export const keyFileRefusals = [
  "empty",
  "spreadsheet",
  "compressed",
  "pdf",
  "picture",
  "not_text",
  "not_utf8",
  "too_large",
  "too_many_keys",
  "too_many_targets",
  "line_too_long",
  "unclosed_quote",
  "no_keys",
  "column_needed",
  "unknown_column",
] as const;

export type KeyFileRefusal = (typeof keyFileRefusals)[number];

/** Why one line gave no key as it stands; the others are not affected. */
export const badLines = [
  "no_key",
  "too_long",
  "line_break",
  "invisible_characters",
  "stray_quote",
  "bad_limit",
  "bad_expiry",
  "note_too_long",
] as const;

export type BadLine = (typeof badLines)[number];

/** A line of a file: a key with what else the line says of it, or what is wrong. Lines count from 1. */
export type KeyLine = GoodKeyLine | { line: number; reason: BadLine; end: string };

export type GoodKeyLine = {
  line: number;
  text: string;
  /** The pool (`pool:Name`) or the SKU (`sku:ABC`) that the line names. */
  target?: string;
  /** 0: unlimited. */
  activationLimit?: number;
  /** Milliseconds since 1970. */
  expiresAt?: number;
  note?: string;
};

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
