import { once } from "node:events";
import { CsvError, parse, type Info } from "csv-parse";
import { decodeKeyFile } from "./decode-key-file";
import { KEY_FILE_LIMITS, KeyFileProblem, type KeyLine } from "./key-file";
import type { KeyFileChoice } from "./key-file-choice";
import { extraColumns } from "./key-file-columns";
import { layOut, type KeyFileLayout } from "./key-file-layout";
import { readKeyRow, type KeyFileColumns } from "./read-key-row";

export type ReadKeyFileInput = KeyFileChoice & { body: AsyncIterable<Uint8Array> };

const BATCH_LINES = 2_000;

/**
 * Reads a file of keys, without holding it in memory: 2,000 lines at a time.
 *
 * Space around a key is not part of it. Empty lines are passed over.
 *
 * @throws KeyFileProblem as soon as the file turns out not to be readable as a whole.
 */
export async function* readKeyFile({ body, ...choice }: ReadKeyFileInput): AsyncGenerator<KeyLine[]> {
  const { head, text } = await decodeKeyFile(body);
  const layout = layOut(head, choice.hasHeader);
  const columns = columnsOf(layout, choice);

  const rows = new Rows(layout, columns);
  let count = 0;
  for await (const piece of text) {
    await rows.write(piece);
    while (rows.lines.length >= BATCH_LINES) {
      const batch = rows.lines.splice(0, BATCH_LINES);
      count += batch.length;
      if (count > KEY_FILE_LIMITS.keys) throw new KeyFileProblem("too_many_keys");
      yield batch;
    }
  }
  await rows.end();
  count += rows.lines.length;
  if (count === 0) throw new KeyFileProblem("no_keys");
  if (count > KEY_FILE_LIMITS.keys) throw new KeyFileProblem("too_many_keys");
  if (rows.lines.length > 0) yield rows.lines;
}

/** What the parser makes of a row when it is to keep it as it stood. */
type RawRow = { record: string[]; raw: string };

/** A parser that is written to; `lines` are those it has read and nobody has taken. */
class Rows {
  lines: KeyLine[] = [];
  private readonly parser;
  private readonly columns: KeyFileColumns;
  private isHeaderPending: boolean;
  private line = 0;
  private emptyLines = 0;

  constructor({ separator, firstLine, hasHeader }: KeyFileLayout, columns: KeyFileColumns) {
    this.columns = columns;
    this.isHeaderPending = hasHeader;
    this.parser = parse({
      delimiter: separator,
      record_delimiter: "\n",
      from_line: firstLine,
      max_record_size: KEY_FILE_LIMITS.lineCharacters,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      raw: true,
      // A row that is answered with null goes no further: the parser's own output stays empty.
      on_record: (row: unknown, info) => this.take(row as RawRow, info),
    });
    this.parser.resume();
    this.parser.on("error", () => {}); // told to whoever writes
  }

  /** @throws KeyFileProblem `unclosed_quote` */
  write(piece: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.parser.write(piece, (error) => (error ? reject(this.problemOf(error)) : resolve()));
    });
  }

  /** @throws KeyFileProblem `unclosed_quote` */
  async end(): Promise<void> {
    this.parser.end();
    await once(this.parser, "end").catch((error: unknown) => {
      throw this.problemOf(error);
    });
  }

  private take({ record, raw }: RawRow, info: Info): null {
    const skipped = info.empty_lines - this.emptyLines;
    const firstLine = this.line + 1 + skipped;
    this.line = info.lines;
    this.emptyLines = info.empty_lines;
    if (this.isHeaderPending) {
      this.isHeaderPending = false;
      return null;
    }
    const line = readKeyRow(record, raw, firstLine, this.columns);
    if (line) this.lines.push(line);
    return null;
  }

  // Nothing else is an error to a parser this lenient: a line over 64 KB was refused before it came here.
  private problemOf(error: unknown) {
    return error instanceof CsvError ? new KeyFileProblem("unclosed_quote", this.line + 1) : error;
  }
}

function columnsOf(layout: KeyFileLayout, choice: KeyFileChoice): KeyFileColumns {
  const columns = { ...layout.extras, key: keyColumnOf(layout, choice.column) };
  for (const extra of extraColumns) {
    const chosen = choice[extra];
    if (chosen === undefined) continue;
    if (chosen !== null && !(chosen in layout.columns)) throw new KeyFileProblem("unknown_column");
    columns[extra] = chosen;
  }
  return columns;
}

function keyColumnOf({ columns, column: guessed }: KeyFileLayout, asked: string | number | undefined): number {
  if (asked === undefined) {
    if (guessed === null) throw new KeyFileProblem("column_needed");
    return guessed;
  }
  const name = typeof asked === "string" ? asked.trim().toLowerCase() : null;
  const position = name === null ? Number(asked) : columns.findIndex((column) => column.toLowerCase() === name);
  if (!(position in columns)) throw new KeyFileProblem("unknown_column");
  return position;
}
