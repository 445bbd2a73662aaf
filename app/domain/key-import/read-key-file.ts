import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { keyEnd } from "~/domain/license/key-end";
import { decodeKeyFile } from "./decode-key-file";
import { KEY_FILE_LIMITS, KeyFileProblem, type BadLine, type KeyLine } from "./key-file";
import { layOut, type KeyFileLayout } from "./key-file-layout";

export type ReadKeyFileInput = {
  body: AsyncIterable<Uint8Array>;
  /** The column's name (upper and lower case alike) or its position from 0; undefined: found by itself. */
  column?: string | number;
  /** Whether the first line names the columns; undefined: found by itself. */
  hasHeader?: boolean;
};

type Row = { record: string[]; info: { lines: number }; raw: string };

/**
 * Reads a file of keys line by line, without holding it in memory.
 *
 * Space around a key is not part of it. Empty lines are passed over.
 *
 * @throws KeyFileProblem as soon as the file turns out not to be readable as a whole.
 */
export async function* readKeyFile({ body, column, hasHeader }: ReadKeyFileInput): AsyncGenerator<KeyLine> {
  const { head, text } = await decodeKeyFile(body);
  const layout = layOut(head, hasHeader);
  const position = positionOf(layout, column);

  let headerPending = layout.hasHeader;
  let line = 0;
  let rows = 0;
  for await (const { record, info, raw } of rowsOf(text, layout)) {
    const firstLine = line + 1 + leadingLineEnds(raw);
    line = info.lines;
    if (headerPending) {
      headerPending = false;
      continue;
    }
    if (record.every((value) => value.trim() === "")) continue;
    if (++rows > KEY_FILE_LIMITS.keys) throw new KeyFileProblem("too_many_keys");
    yield readRow(record[position] ?? "", raw, firstLine);
  }
  if (rows === 0) throw new KeyFileProblem("no_keys");
}

async function* rowsOf(text: AsyncIterable<string>, { separator, firstLine }: KeyFileLayout): AsyncGenerator<Row> {
  let parsedLines = 0;
  const parser = parse({
    delimiter: separator,
    record_delimiter: "\n",
    from_line: firstLine,
    max_record_size: KEY_FILE_LIMITS.lineCharacters,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    raw: true,
    on_record: (record, { lines }) => {
      parsedLines = lines;
      return record;
    },
  });
  pipeline(Readable.from(text), parser, () => {}); // a failure of either reaches the loop below

  try {
    for await (const row of parser as AsyncIterable<Row>) yield row;
  } catch (error) {
    // Nothing else is an error to a parser this lenient: a line over 64 KB was refused before it came here.
    throw error instanceof CsvError ? new KeyFileProblem("unclosed_quote", parsedLines + 1) : error;
  }
}

function positionOf({ columns, column: guessed }: KeyFileLayout, asked: string | number | undefined): number {
  if (asked === undefined) {
    if (guessed === null) throw new KeyFileProblem("column_needed");
    return guessed;
  }
  const name = typeof asked === "string" ? asked.trim().toLowerCase() : null;
  const position = name === null ? Number(asked) : columns.findIndex((column) => column.toLowerCase() === name);
  if (!(position in columns)) throw new KeyFileProblem("unknown_column");
  return position;
}

function readRow(value: string, raw: string, line: number): KeyLine {
  const text = value.trim();
  const reason = problemWith(text, raw);
  return reason ? { line, reason, end: reason === "too_long" ? "" : keyEnd(text) } : { line, text };
}

function problemWith(text: string, raw: string): BadLine | null {
  if (text === "") return "no_key";
  if (text.length > KEY_FILE_LIMITS.keyCharacters) return "too_long";
  if (text.includes("\n")) return "line_break";
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u.test(text)) return "invisible_characters";
  if (text.includes('"') && !raw.includes(text.replaceAll('"', '""'))) return "stray_quote";
  return null;
}

function leadingLineEnds(raw: string): number {
  return /^\n*/.exec(raw)?.[0].length ?? 0;
}
