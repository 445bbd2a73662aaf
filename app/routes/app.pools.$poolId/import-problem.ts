import type { ImportProblem } from "~/domain/key-import/import-report";

const texts: Record<ImportProblem, (line: string) => string> = {
  empty: () => "This file is empty.",
  spreadsheet: () => "This is a spreadsheet workbook. In Excel choose “Save as”, “CSV UTF-8”, and import that file.",
  compressed: () => "This is a compressed file. Unpack it and import the CSV file that is in it.",
  pdf: () => "This is a PDF. Import a CSV or text file with one key per line.",
  picture: () => "This is a picture. Import a CSV or text file with one key per line.",
  not_text: () => "This is not a text file. Import a CSV file, or a text file with one key per line.",
  not_utf8: () => "Some characters of this file are damaged. Save it as “CSV UTF-8” and try again.",
  too_large: () => "This file is larger than 200 MB. Split it and import the parts one after the other.",
  too_many_keys: () => "This file has more than 2,000,000 keys. Split it and import the parts one after the other.",
  too_many_targets: () => "The lines of this file name more than 1,000 different pools or SKUs. Split it.",
  line_too_long: (line) => `${line} is longer than 64 KB, so this is probably not a list of keys.`,
  unclosed_quote: (line) => `A quotation mark opened on or after ${line} is never closed.`,
  no_keys: () => "There is no key in this file.",
  column_needed: () => "This file has several columns. Choose the one that holds the keys.",
  unknown_column: () => "A column you chose is not in this file. Choose again.",
  upload_missing: () => "The file did not arrive. Choose it again.",
  pool_gone: () => "A pool that keys were to go to was deleted meanwhile. Import the file again.",
  left_alone: () => "Nobody went on with it for a day.",
  waiting: () => "Storage or Shopify does not answer right now. It goes on by itself.",
};

/** Why an import failed or waits, in words for the merchant. */
export function problemText(problem: string, line: number | null): string {
  const text = texts[problem as ImportProblem] as (typeof texts)[ImportProblem] | undefined;
  return text?.(line === null ? "A line" : `Line ${line.toLocaleString("en")}`) ?? "It could not be imported.";
}
