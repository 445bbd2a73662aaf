import { createHash } from "node:crypto";
import { scopeText, sha256Hex, sign } from "./canonical-request.ts";
import { S3Error } from "./s3-error.ts";
import { sameSignature, type Authentication } from "./signature.ts";

type ByteSource = AsyncIterator<Buffer, unknown, undefined>;

const emptyHash = sha256Hex("");
const maxLineBytes = 4096;

/** How the `STREAMING-…` forms of `x-amz-content-sha256` differ. */
const forms: Record<string, { isSigned: boolean; hasTrailer: boolean }> = {
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": { isSigned: true, hasTrailer: false },
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": { isSigned: true, hasTrailer: true },
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER": { isSigned: false, hasTrailer: true },
};

export function isChunked(payloadHash: string): boolean {
  return payloadHash.startsWith("STREAMING-");
}

/**
 * Takes the bytes out of an `aws-chunked` body and checks the signature of every chunk, as it passes.
 *
 * @param trailers  filled with what follows the last chunk, by lower-case name
 * @throws SignatureDoesNotMatch, IncompleteBody, or NotImplemented for the ECDSA forms. The bytes of a chunk
 *   are given on before its signature could be checked: whoever reads keeps none of them when this throws.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  authentication: Authentication,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const form = forms[authentication.payloadHash];
  if (!form) throw new S3Error("NotImplemented");
  const reader = new ByteReader(source[Symbol.asyncIterator]());
  let previous = authentication.signature;

  for (;;) {
    const [sizeText = "", ...extensions] = (await reader.line()).split(";");
    if (!/^[0-9a-f]{1,16}$/i.test(sizeText)) throw new S3Error("IncompleteBody");
    const sizeBytes = Number.parseInt(sizeText, 16);

    const hash = createHash("sha256");
    for await (const bytes of reader.take(sizeBytes)) {
      if (form.isSigned) hash.update(bytes);
      yield bytes;
    }
    if (form.isSigned) {
      const given = extensions.find((text) => text.startsWith("chunk-signature="))?.slice("chunk-signature=".length);
      previous = chunkSignature(authentication, previous, hash.digest("hex"));
      checkSignature(previous, given);
    }
    if (sizeBytes === 0) break;
    if ((await reader.line()) !== "") throw new S3Error("IncompleteBody");
  }

  await readTrailers(reader, trailers);
  if (form.hasTrailer && form.isSigned) {
    const signature = trailers.get("x-amz-trailer-signature");
    trailers.delete("x-amz-trailer-signature");
    checkSignature(trailerSignature(authentication, previous, trailers), signature);
  }
}

async function readTrailers(reader: ByteReader, trailers: Map<string, string>) {
  for (let line = await reader.lastLine(); line !== ""; line = await reader.lastLine()) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new S3Error("IncompleteBody");
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

function chunkSignature({ key, timestamp, scope }: Authentication, previous: string, hash: string): string {
  return sign(key, ["AWS4-HMAC-SHA256-PAYLOAD", timestamp, scopeText(scope), previous, emptyHash, hash].join("\n"));
}

function trailerSignature({ key, timestamp, scope }: Authentication, previous: string, trailers: Map<string, string>) {
  const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join("");
  return sign(key, ["AWS4-HMAC-SHA256-TRAILER", timestamp, scopeText(scope), previous, sha256Hex(text)].join("\n"));
}

function checkSignature(expected: string, given: string | undefined) {
  if (given === undefined || !sameSignature(expected, given)) throw new S3Error("SignatureDoesNotMatch");
}

/** Reads a stream of buffers by lines and by counts of bytes, holding one buffer at a time. */
class ByteReader {
  private readonly source: ByteSource;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** The bytes up to the next line feed, without the line end. */
  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === undefined) throw new S3Error("IncompleteBody");
    return line;
  }

  /** Like `line`, with the end of the body taken for an empty line. */
  async lastLine(): Promise<string> {
    return (await this.lineOrEnd()) ?? "";
  }

  async *take(sizeBytes: number): AsyncGenerator<Buffer> {
    for (let left = sizeBytes; left > 0;) {
      if (this.rest.length === 0 && !(await this.fill())) throw new S3Error("IncompleteBody");
      const bytes = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(bytes.length);
      left -= bytes.length;
      if (bytes.length > 0) yield bytes;
    }
  }

  private async lineOrEnd(): Promise<string | undefined> {
    let end = this.rest.indexOf("\n");
    while (end < 0) {
      if (this.rest.length > maxLineBytes) throw new S3Error("IncompleteBody");
      if (!(await this.fill())) return undefined;
      end = this.rest.indexOf("\n");
    }
    const line = this.rest.toString("latin1", 0, end);
    this.rest = this.rest.subarray(end + 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  private async fill(): Promise<boolean> {
    const { done, value } = await this.source.next();
    if (done === true || !Buffer.isBuffer(value)) return false;
    this.rest = this.rest.length === 0 ? value : Buffer.concat([this.rest, value]);
    return true;
  }
}
