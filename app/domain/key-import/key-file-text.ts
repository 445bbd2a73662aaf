import { isAscii } from "node:buffer";
import { KeyFileProblem } from "./key-file";

type Marked = "utf-8" | "utf-16le" | "utf-16be";

/**
 * Turns the bytes of a text file into text, piece by piece.
 *
 * UTF-8 and UTF-16 are known by their byte order mark, unmarked UTF-16 by its zeros. While all is ASCII,
 * UTF-8 and Windows-1252 are the same; the first bytes beyond it decide.
 */
export class KeyFileText {
  private decoder: TextDecoder | null;
  private encoding: Marked | "windows-1252" | null;
  /** Of a character that may be cut in two, while the encoding is undecided. */
  private rest = Buffer.alloc(0);

  /** @param start  the file's first bytes: 1 KB or, of a shorter file, all */
  constructor(start: Buffer) {
    this.encoding = markedEncodingOf(start);
    this.decoder = this.encoding && new TextDecoder(this.encoding, { fatal: true });
  }

  /** @throws KeyFileProblem `not_utf8` or `not_text` for bytes that mean nothing in the file's encoding. */
  read(chunk: Uint8Array): string {
    if (this.decoder) return this.decode(this.decoder, chunk);

    const bytes = Buffer.concat([this.rest, chunk]);
    this.rest = Buffer.alloc(0);
    if (isAscii(bytes)) return bytes.toString("latin1");

    const decoder = new TextDecoder("utf-8", { fatal: true });
    try {
      const text = decoder.decode(bytes, { stream: true });
      if (isAscii(Buffer.from(text))) this.rest = bytes.subarray(text.length);
      else this.decide("utf-8", decoder);
      return text;
    } catch {
      return this.readWindows1252(bytes);
    }
  }

  /** What was kept back of the last character. @throws KeyFileProblem as `read`. */
  end(): string {
    if (this.decoder) return this.decode(this.decoder);
    return this.rest.length === 0 ? "" : this.readWindows1252(this.rest);
  }

  private readWindows1252(bytes: Buffer): string {
    // Letters that are whole in UTF-8 beside bytes that are not: the file is damaged, not of another encoding.
    const lenient = new TextDecoder("utf-8").decode(bytes).replaceAll("\uFFFD", "");
    if (!isAscii(Buffer.from(lenient))) throw new KeyFileProblem("not_utf8");
    const decoder = new TextDecoder("windows-1252");
    this.decide("windows-1252", decoder);
    return decoder.decode(bytes, { stream: true });
  }

  private decide(encoding: Marked | "windows-1252", decoder: TextDecoder) {
    this.encoding = encoding;
    this.decoder = decoder;
  }

  private decode(decoder: TextDecoder, chunk?: Uint8Array): string {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new KeyFileProblem(this.encoding === "utf-8" ? "not_utf8" : "not_text");
    }
  }
}

function markedEncodingOf(bytes: Buffer): Marked | null {
  const begins = (...mark: number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (begins(0xef, 0xbb, 0xbf)) return "utf-8";
  if (begins(0xff, 0xfe)) return "utf-16le";
  if (begins(0xfe, 0xff)) return "utf-16be";

  // Unmarked UTF-16: of letters and digits every second byte is zero.
  const sample = bytes.subarray(0, 1024);
  const zeros = [0, 0] as [number, number];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 0 : 1] += 1;
  });
  const many = sample.length * 0.3;
  if (zeros[1] > many && zeros[0] === 0) return "utf-16le";
  if (zeros[0] > many && zeros[1] === 0) return "utf-16be";
  return null;
}
