// Read by threads too (see seal-lines.server.ts): imports name their files in full.
import { keyEnd } from "../license/key-end.ts";
import { KEY_FILE_LIMITS, type BadLine, type KeyLine } from "./key-file.ts";
import type { ExtraColumn } from "./key-file-columns.ts";

/** Where a row holds what, by position from 0. */
export type KeyFileColumns = Record<ExtraColumn, number | null> & { key: number };

const DAY_MS = 24 * 60 * 60 * 1000;
const TARGET_CHARACTERS = 255;

/** Empty, or with nothing between its separators but space: no row of the table. */
export function isOfNothing(record: string[]): boolean {
  return record.every((value) => value.trim() === "");
}

/** Reads one row of a file; `raw` is the row as it stands in it. */
export function readKeyRow(record: string[], raw: string, line: number, columns: KeyFileColumns): KeyLine {
  const text = record[columns.key]?.trim() ?? "";
  const reason = problemWith(text, raw);
  if (reason) return { line, reason, end: reason === "too_long" ? "" : keyEnd(text) };

  const cell = (column: ExtraColumn) => {
    const position = columns[column];
    return position === null ? "" : (record[position]?.trim() ?? "");
  };
  const [limit, expiry, note] = [cell("activationLimit"), cell("expiresAt"), cell("note")];
  const key: KeyLine = { line, text };
  const target = targetOf(cell("pool"), cell("sku"));
  if (target) key.target = target;
  if (note !== "") key.note = note.replaceAll(/[\p{Cc}\uFFFD]+/gu, " ");
  if (limit !== "") key.activationLimit = limitOf(limit);
  if (expiry !== "") key.expiresAt = momentOf(expiry);

  const bad: BadLine | false =
    (Number.isNaN(key.activationLimit) && "bad_limit") ||
    (Number.isNaN(key.expiresAt) && "bad_expiry") ||
    (note.length > KEY_FILE_LIMITS.noteCharacters && "note_too_long");
  return bad ? { line, reason: bad, end: keyEnd(text) } : key;
}

function problemWith(text: string, raw: string): BadLine | null {
  if (text === "") return "no_key";
  if (text.length > KEY_FILE_LIMITS.keyCharacters) return "too_long";
  if (text.includes("\n")) return "line_break";
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u.test(text)) return "invisible_characters";
  if (text.includes('"') && !raw.includes(text.replaceAll('"', '""'))) return "stray_quote";
  return null;
}

/** A pool's name says it more plainly than a SKU does. */
function targetOf(pool: string, sku: string): string | null {
  if (pool !== "") return `pool:${pool.slice(0, TARGET_CHARACTERS)}`;
  return sku === "" ? null : `sku:${sku.slice(0, TARGET_CHARACTERS)}`;
}

/** 0: unlimited. */
function limitOf(text: string): number {
  if (/^(unlimited|∞)$/i.test(text)) return 0;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  return limit <= KEY_FILE_LIMITS.activationLimit ? limit : NaN;
}

/**
 * 2027-12-31, 2027/12/31, 31.12.2027, or either with a time. A day counts to its end, in UTC, and a time without
 * a zone is UTC. What could be read as two days (3/4/2027) is none.
 */
function momentOf(text: string): number {
  const matched =
    /^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:[T ]+(?<time>.+))?$/.exec(text) ??
    /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?: +(?<time>.+))?$/.exec(text);
  if (!matched?.groups) return NaN;

  const { year = "", month = "", day = "", time } = matched.groups;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const startsAt = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes the 31st of February for a day in March.
  if (Number.isNaN(startsAt) || new Date(startsAt).toISOString().slice(0, 10) !== date) return NaN;
  if (time === undefined) return startsAt + DAY_MS - 1;

  const clock = /^(\d{1,2}:\d{2})(:\d{2}(?:\.\d{1,9})?)? *(Z|[+-]\d{2}:?\d{2})?$/.exec(time);
  if (!clock) return NaN;
  const [, minutes = "", seconds = ":00", zone = "Z"] = clock;
  return Date.parse(`${date}T${minutes.padStart(5, "0")}${seconds}${zone}`);
}
