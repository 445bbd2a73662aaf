import { cutRows, type CutRows } from "./cut-rows";
import { decodeKeyFile } from "./decode-key-file";
import { KEY_FILE_LIMITS, KeyFileProblem } from "./key-file";
import type { KeyFileChoice } from "./key-file-choice";
import { extraColumns } from "./key-file-columns";
import { layOut, type KeyFileLayout } from "./key-file-layout";
import type { KeyFileColumns } from "./read-key-row";
import type { KeyFileRows } from "./read-rows";

export type ReadKeyFileInput = KeyFileChoice & { body: AsyncIterable<Uint8Array> };

/**
 * Reads a file of keys in pieces of 64 KB, without holding it in memory; `readRows` says what is in them.
 *
 * @throws KeyFileProblem as soon as the file turns out not to be readable as a whole.
 */
export async function* readKeyFile({ body, ...choice }: ReadKeyFileInput): AsyncGenerator<KeyFileRows> {
  const { head, text } = await decodeKeyFile(body);
  const layout = layOut(head, choice.hasHeader);
  const { separator, firstLine } = layout;
  const columns = columnsOf(layout, choice);

  let { hasHeader } = layout;
  const mostRows = KEY_FILE_LIMITS.keys + (firstLine - 1) + (hasHeader ? 1 : 0);
  for await (const rows of cutRows({ text, separator, mostRows })) {
    const table = rows.firstLine < firstLine ? withoutFirstLine(rows) : rows;
    yield { ...table, hasHeader, separator, columns };
    hasHeader = false;
  }
}

/** Without the line that names the separator. */
function withoutFirstLine({ text, firstLine }: CutRows): CutRows {
  return { text: text.slice(text.indexOf("\n") + 1), firstLine: firstLine + 1 };
}

function columnsOf(layout: KeyFileLayout, choice: KeyFileChoice): KeyFileColumns {
  const columns = { ...layout.extras, key: keyColumnOf(layout, choice.column) };
  for (const extra of extraColumns) {
    const chosen = choice[extra] ?? null;
    if (chosen !== null && !(chosen in layout.columns)) throw new KeyFileProblem("unknown_column");
    if (choice[extra] !== undefined) columns[extra] = chosen;
    if (columns[extra] === columns.key) columns[extra] = null; // what else a row says stands there unsealed
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
