import { KEY_FILE_LIMITS, KeyFileProblem, type KeyFileRefusal } from "./key-file";

const HEAD_BYTES = 65_536;

/** A file of keys whose beginning has been looked at. */
export type DecodedKeyFile = {
  /** The first 64 KB or fewer, line ends as `\n`; without the line that was cut off, if one was. */
  head: string;
  /** The whole file from its beginning, line ends as `\n`. Can be read once. */
  text: AsyncIterable<string>;
};

/**
 * Recognizes what a file is by its first bytes and reads it as text: UTF-8 with or without a byte order
 * mark, or UTF-16 either way round, even unmarked.
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
    yield start;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  return { head, text: decode(chunks(), encodingOf(start)) };
}

function readHead(bytes: Buffer, isWhole: boolean): string {
  if (bytes.length === 0) throw new KeyFileProblem("empty");
  const kind = kindByMagic(bytes);
  if (kind) throw new KeyFileProblem(kind);

  // Not fatal: the last character may be cut in two. The reading of the whole is fatal.
  const text = normalized(new TextDecoder(encodingOf(bytes)).decode(bytes));
  if (text.includes("\0")) throw new KeyFileProblem("not_text");
  if (text.trim() === "" && isWhole) throw new KeyFileProblem("empty");
  if (isWhole) return text;

  const lastEnd = text.lastIndexOf("\n");
  if (lastEnd === -1) throw new KeyFileProblem("line_too_long", 1);
  return text.slice(0, lastEnd + 1);
}

async function* decode(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const lines = new LineCounter();
  let bytes = 0;
  let cutLineEnd = "";
  const read = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new KeyFileProblem(encoding === "utf-8" ? "not_utf8" : "not_text");
    }
  };

  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > KEY_FILE_LIMITS.bytes) throw new KeyFileProblem("too_large");
    const text = cutLineEnd + read(chunk);
    cutLineEnd = text.endsWith("\r") ? "\r" : "";
    const piece = normalized(text.slice(0, text.length - cutLineEnd.length));
    lines.pass(piece);
    yield piece;
  }
  yield normalized(cutLineEnd + read());
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
  return text.replaceAll(/\r\n?/g, "\n");
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

function encodingOf(bytes: Buffer): Encoding {
  if (startsWith(bytes, "fffe")) return "utf-16le";
  if (startsWith(bytes, "feff")) return "utf-16be";

  // Unmarked UTF-16: of letters and digits every second byte is zero.
  const sample = bytes.subarray(0, 1024);
  const zeros = [0, 0] as [number, number];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 0 : 1] += 1;
  });
  const many = sample.length * 0.3;
  if (zeros[1] > many && zeros[0] === 0) return "utf-16le";
  if (zeros[0] > many && zeros[1] === 0) return "utf-16be";
  return "utf-8";
}

const magics: [hex: string, kind: KeyFileRefusal][] = [
  ["d0cf11e0a1b11ae1", "spreadsheet"],
  ["255044462d", "pdf"],
  ["1f8b", "compressed"],
  ["377abcaf271c", "compressed"],
  ["526172211a07", "compressed"],
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
  if (startsWith(bytes, "504b0304")) {
    return zipKinds.find(([name]) => bytes.includes(name))?.[1] ?? "compressed";
  }
  return magics.find(([hex]) => startsWith(bytes, hex))?.[1] ?? null;
}

function startsWith(bytes: Buffer, hex: string): boolean {
  return bytes.subarray(0, hex.length / 2).toString("hex") === hex;
}
