import { decodeKeyFile } from "./decode-key-file";
import { KeyFileProblem, keyFileRefused, type KeyFileRefused } from "./key-file";
import { layOut, type KeyFileLayout } from "./key-file-layout";

const PREVIEW_ROWS = 5;
const PREVIEW_CHARACTERS = 100;

export type KeyFilePreview = Pick<KeyFileLayout, "columns" | "hasHeader" | "column" | "extras" | "rows">;

/**
 * What an import would see at the beginning of a file, for a person to choose the column by.
 *
 * @param input.body       the file, or its first 64 KB: more is not read
 * @param input.hasHeader  what the person said; undefined: found by itself
 * @returns the first 5 rows; a long value is cut after 100 characters.
 */
export async function previewKeys(input: {
  body: AsyncIterable<Uint8Array>;
  hasHeader?: boolean;
}): Promise<{ kind: "preview"; preview: KeyFilePreview } | KeyFileRefused> {
  try {
    const { head } = await decodeKeyFile(input.body);
    const { columns, hasHeader, column, extras, rows } = layOut(head, input.hasHeader);
    if (rows.length === 0) throw new KeyFileProblem("no_keys");

    const first = rows.slice(0, PREVIEW_ROWS).map((row) => row.map((value) => value.slice(0, PREVIEW_CHARACTERS)));
    return { kind: "preview", preview: { columns, hasHeader, column, extras, rows: first } };
  } catch (problem) {
    return keyFileRefused(problem);
  }
}
