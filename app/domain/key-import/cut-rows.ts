import { KEY_FILE_LIMITS, KeyFileProblem } from "./key-file";

/** Whole rows of a file, as they stand in it. */
export type CutRows = { text: string; firstLine: number };

export type CutRowsInput = {
  text: AsyncIterable<string>;
  separator: string;
  /** Empty ones not counted. */
  mostRows: number;
  /** Characters of a piece, beside those of a row that began in the one before. */
  size?: number;
};

type Place = "row start" | "value start" | "value" | "quoted value" | "mark in quoted value";

const LINE_END = "\n".charCodeAt(0);
const MARK = '"'.charCodeAt(0);

/**
 * Cuts a file into pieces that end where a row ends, so that each can be read by itself.
 *
 * Takes quotation marks as csv-parse does with `relax_quotes`: one at the beginning of a value lets ends of lines
 * belong to it, until the next that is not doubled; anywhere else it is a character like others.
 *
 * @throws KeyFileProblem `unclosed_quote`, also for a row of more than 64 KB, which no line is; `too_many_keys`
 */
export async function* cutRows(input: CutRowsInput): AsyncGenerator<CutRows> {
  const { text, separator, mostRows, size = KEY_FILE_LIMITS.lineCharacters } = input;
  const separatorCode = separator.charCodeAt(0);
  let place: Place = "row start";
  let rest = "";
  let firstLine = 1;
  let line = 1;
  let rows = 0;
  for await (const piece of inPieces(text, size)) {
    let end = 0;
    let nextLine = firstLine;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (code === LINE_END) line += 1;
      if (place === "quoted value") {
        if (code === MARK) place = "mark in quoted value";
      } else if (code === MARK && place !== "value") {
        place = "quoted value";
      } else if (code === LINE_END) {
        if (place !== "row start") rows += 1;
        place = "row start";
        end = at + 1;
        nextLine = line;
      } else {
        place = code === separatorCode ? "value start" : "value";
      }
    }
    if (rows > mostRows) throw new KeyFileProblem("too_many_keys");
    if (end > 0) yield { text: rest + piece.slice(0, end), firstLine };
    rest = end > 0 ? piece.slice(end) : rest + piece;
    firstLine = nextLine;
    if (rest.length > KEY_FILE_LIMITS.lineCharacters) throw new KeyFileProblem("unclosed_quote", firstLine);
  }
  if (place === "quoted value") throw new KeyFileProblem("unclosed_quote", firstLine);
  if (place !== "row start" && rows === mostRows) throw new KeyFileProblem("too_many_keys");
  if (rest !== "") yield { text: rest, firstLine };
}

/** The same text in pieces of one size. */
async function* inPieces(text: AsyncIterable<string>, size: number): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of text) {
    rest += piece;
    let from = 0;
    for (; rest.length - from >= size; from += size) yield rest.slice(from, from + size);
    rest = rest.slice(from);
  }
  if (rest !== "") yield rest;
}
