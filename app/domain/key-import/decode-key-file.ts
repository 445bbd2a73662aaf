import { KEY_FILE_LIMITS, KeyFileProblem, type KeyFileRefusal } from "./key-file";
import { KeyFileText } from "./key-file-text";

export const HEAD_BYTES = 65_536;

/** A file of keys whose beginning has been looked at. */
export type DecodedKeyFile = {
  /** The first 64 KB or fewer, line ends as `\n`; without the line that was cut off, if one was. */
  head: string;
  /** The whole file from its beginning, line ends as `\n`. Can be read once. */
  text: AsyncIterable<string>;
};

/**
 * Recognizes what a file is by its first bytes and reads it as text: UTF-8 with or without a byte order
 * mark, UTF-16 either way round, even unmarked, or Windows-1252.
 *
 * @throws KeyFileProblem when it is not text, or has a line of more than 64 KB: here where the first
 *   64 KB show it, else while `text` is read.
 */
export async function decodeKeyFile(body: AsyncIterable<Uint8Array>): Promise<DecodedKeyFile> {
  const source = body[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  while (length < HEAD_BYTES && !isWhole) {
    const next = await source.next();
    if (next.done) isWhole = true;
    else first.push(next.value);
    length += next.done ? 0 : next.value.length;
  }
  const start = Buffer.concat(first);
  const head = readHead(start.subarray(0, HEAD_BYTES), isWhole && length < HEAD_BYTES);

  async function* chunks() {
    try {
      yield start;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  }
  return { head, text: decode(chunks(), new KeyFileText(start)) };
}

function readHead(bytes: Buffer, isWhole: boolean): string {
  if (bytes.length === 0) throw new KeyFileProblem("empty");
  const kind = kindByMagic(bytes);
  if (kind) throw new KeyFileProblem(kind);

  // Not ended: the last character may be cut in two.
  const text = normalized(new KeyFileText(bytes).read(bytes));
  if (text.includes("\0")) throw new KeyFileProblem("not_text");
  if (text.trim() === "" && isWhole) throw new KeyFileProblem("empty");
  if (isWhole) return text;

  const lastEnd = text.lastIndexOf("\n");
  if (lastEnd === -1) throw new KeyFileProblem("line_too_long", 1);
  return text.slice(0, lastEnd + 1);
}

async function* decode(chunks: AsyncIterable<Uint8Array>, reader: KeyFileText): AsyncGenerator<string> {
  const lines = new LineCounter();
  let bytes = 0;
  let cutLineEnd = "";

  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > KEY_FILE_LIMITS.bytes) throw new KeyFileProblem("too_large");
    const text = cutLineEnd + reader.read(chunk);
    cutLineEnd = text.endsWith("\r") ? "\r" : "";
    const piece = normalized(text.slice(0, text.length - cutLineEnd.length));
    if (piece.includes("\0")) throw new KeyFileProblem("not_text"); // PostgreSQL, too, has no text with it
    lines.pass(piece);
    yield piece;
  }
  yield normalized(cutLineEnd + reader.end());
}

class LineCounter {
  private line = 1;
  private length = 0;

  pass(text: string) {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      this.lengthen(end - from);
      this.line += 1;
      this.length = 0;
      from = end + 1;
    }
    this.lengthen(text.length - from);
  }

  private lengthen(by: number) {
    this.length += by;
    if (this.length > KEY_FILE_LIMITS.lineCharacters) throw new KeyFileProblem("line_too_long", this.line);
  }
}

function normalized(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}

const magics: [hex: string, kind: KeyFileRefusal][] = [
  ["d0cf11e0a1b11ae1", "spreadsheet"],
  ["255044462d", "pdf"],
  ["1f8b", "compressed"],
  ["377abcaf271c", "compressed"],
  ["526172211a07", "compressed"],
  ["89504e470d0a1a0a", "picture"],
  ["ffd8ff", "picture"],
  ["474946383", "picture"],
];

// Office's files are ZIPs, told apart by what they hold.
const zipKinds: [name: string, kind: KeyFileRefusal][] = [
  ["word/", "not_text"],
  ["ppt/", "not_text"],
  ["[Content_Types].xml", "spreadsheet"],
  ["opendocument.spreadsheet", "spreadsheet"],
  ["Index/Document.iwa", "spreadsheet"],
];

function kindByMagic(bytes: Buffer): KeyFileRefusal | null {
  const hex = bytes.subarray(0, 16).toString("hex");
  if (hex.startsWith("504b0304")) {
    return zipKinds.find(([name]) => bytes.includes(name))?.[1] ?? "compressed";
  }
  return magics.find(([magic]) => hex.startsWith(magic))?.[1] ?? null;
}
