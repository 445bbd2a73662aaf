import { parse } from "csv-parse/sync";
import type { ExtraColumn } from "./key-file-columns";
import { isOfNothing } from "./read-key-row";

/** How a file of keys is laid out, as far as its beginning tells. */
export type KeyFileLayout = {
  separator: string;
  /** The line where the table begins, from 1: a spreadsheet's `sep=;` may stand before it. */
  firstLine: number;
  hasHeader: boolean;
  /** Names from the header, else "Column 1" and so on. */
  columns: string[];
  /** Position of the column that holds the keys, from 0; null when it must be asked. */
  column: number | null;
  /** Positions of the columns that say more of a key; null where there is none. */
  extras: Record<ExtraColumn, number | null>;
  /** The first rows, header not included. */
  rows: string[][];
};

const SAMPLE_ROWS = 100;
// Stands in no text: see `decodeKeyFile`.
const NO_SEPARATOR = "\0";

const keyColumnName = new RegExp(
  [
    "(licen[sc]e|product|activation|registration|software|serial|cd)?[ _-]*(keys?|codes?)",
    "(licen[sc]e|serial)[ _-]*(numbers?|no)",
    "serials?|licen[sc]es?|vouchers?",
    "lizenz|lizenzschlüssel|schlüssel|seriennummer|clé|clé de licence|klucz|klucz licencyjny",
    "密钥|许可证|许可证密钥|序列号",
  ]
    .map((pattern) => `^(${pattern})$`)
    .join("|"),
  "iu",
);

const extraColumnNames: Record<ExtraColumn, RegExp> = {
  pool: /^((key|licen[sc]e)[ _-]*)?pools?([ _-]*name)?$/iu,
  sku: /^((variant|product)[ _-]*)?skus?([ _-]*(code|number))?$|^artikelnummer$/iu,
  activationLimit: /^(max(imum)?\.?[ _-]*)?(activations?|machines|devices|seats)([ _-]*(limit|max(imum)?))?$|^limit$/iu,
  expiresAt: /^(expir(y|es|ation)([ _-]*(date|at|on))?|valid[ _-]*(until|to|till)|gültig bis|ablaufdatum)$/iu,
  note: /^(notes?|comments?|remarks?|notiz|bemerkung|kommentar)$/iu,
};

/**
 * Finds the separator, the header and the columns: that of the keys, and those that say more of them.
 *
 * @param head       the file's beginning, in whole lines
 * @param hasHeader  what a person said; undefined: found by itself
 */
export function layOut(head: string, hasHeader?: boolean): KeyFileLayout {
  const named = /^sep=([^"])\n/i.exec(head)?.[1];
  const table = named ? head.slice(6) : head;
  const separator = named ?? guessSeparator(table);
  const sample = parseSample(table, separator).filter((row) => !isOfNothing(row));
  const [first = [], ...rest] = sample;

  const isHeader = hasHeader ?? looksLikeHeader(first, rest);
  const width = Math.max(1, ...sample.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => {
    const name = isHeader ? first[index]?.trim().replaceAll(/\s+/g, " ") : "";
    return name || `Column ${index + 1}`;
  });
  const keyColumns = columns.flatMap((name, index) => (isHeader && keyColumnName.test(name) ? [index] : []));
  const onlyColumn = width === 1 ? 0 : null;

  return {
    separator,
    firstLine: named ? 2 : 1,
    hasHeader: isHeader,
    columns,
    column: keyColumns.length === 1 ? (keyColumns[0] ?? null) : onlyColumn,
    extras: extrasOf(isHeader ? columns : []),
    rows: isHeader ? rest : sample,
  };
}

/** The first column of each name; without a header there are none. */
function extrasOf(columns: string[]): KeyFileLayout["extras"] {
  const positionOf = (role: ExtraColumn) => {
    const position = columns.findIndex((name) => extraColumnNames[role].test(name));
    return position === -1 ? null : position;
  };
  return {
    pool: positionOf("pool"),
    sku: positionOf("sku"),
    activationLimit: positionOf("activationLimit"),
    expiresAt: positionOf("expiresAt"),
    note: positionOf("note"),
  };
}

/** A separator stands equally often in most lines; in a list of bare keys none does. */
function guessSeparator(table: string): string {
  const lines = table
    .replaceAll(/"(?:[^"]|"")*"/g, "")
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, SAMPLE_ROWS);

  const scored = [",", ";", "\t"].map((separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const usual = mostCommon(counts.filter((count) => count > 0)) ?? 0;
    const share = counts.filter((count) => count === usual && count > 0).length / Math.max(1, lines.length);
    return { separator, share, usual };
  });
  const best = scored.toSorted((a, b) => b.share - a.share || b.usual - a.usual)[0];
  return best && best.share >= 0.6 ? best.separator : NO_SEPARATOR;
}

function parseSample(table: string, separator: string): string[][] {
  return parse(table, {
    delimiter: separator,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: SAMPLE_ROWS,
  });
}

/** A header is named like one, or has no digits above a column that is made of them. */
function looksLikeHeader(first: string[], rest: string[][]): boolean {
  if (first.some((name) => keyColumnName.test(name.trim().replaceAll(/\s+/g, " ")))) return true;
  if (rest.length === 0) return false;

  return first.some((name, index) => {
    const values = rest.map((row) => row[index] ?? "");
    const withDigits = values.filter((value) => /\d/.test(value)).length;
    const ofSameLength = values.filter((value) => value.length === name.length).length;
    return name.trim() !== "" && !/\d/.test(name) && withDigits >= values.length * 0.8 && ofSameLength === 0;
  });
}

function mostCommon(numbers: number[]): number | undefined {
  const times = new Map<number, number>();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0];
}
