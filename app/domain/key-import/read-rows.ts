// Read by threads (see seal-lines.server.ts): imports name their files in full.
import { parse, type Info } from "csv-parse/sync";
import type { CutRows } from "./cut-rows.ts";
import type { KeyLine } from "./key-file.ts";
import { isOfNothing, readKeyRow, type KeyFileColumns } from "./read-key-row.ts";

/** Rows of a file and how they are read. */
export type KeyFileRows = CutRows & { hasHeader: boolean; separator: string; columns: KeyFileColumns };

type Row = { record: string[]; raw: string; line: number };

/** Reads whole rows of a file. Those of nothing are passed over. */
export function* readRows(rows: KeyFileRows): Generator<KeyLine> {
  let isHeader = rows.hasHeader;
  for (const { record, raw, line } of rows.text.includes('"') ? parsed(rows) : plain(rows)) {
    if (isOfNothing(record)) continue;
    if (!isHeader) yield readKeyRow(record, raw, line, rows.columns);
    isHeader = false;
  }
}

/** Without quotation marks a row is a line. */
function* plain({ text, firstLine, separator }: KeyFileRows): Generator<Row> {
  let line = firstLine;
  for (const raw of text.split("\n")) {
    if (raw !== "") yield { record: raw.split(separator), raw, line };
    line += 1;
  }
}

function parsed({ text, firstLine, separator }: KeyFileRows): Row[] {
  const rows: Row[] = [];
  let line = firstLine;
  let emptyLines = 0;
  parse(text, {
    delimiter: separator,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    raw: true,
    on_record: (row: unknown, info: Info) => {
      const skipped = info.empty_lines - emptyLines;
      rows.push({ ...(row as Omit<Row, "line">), line: line + skipped });
      line = firstLine + info.lines;
      emptyLines = info.empty_lines;
      return null;
    },
  });
  return rows;
}
