import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { createCRC32 } from "hash-wasm";
import { S3Error } from "./s3-error.ts";
import { headerOf, settingsStarting, type S3Request } from "./s3-request.ts";

const digestBytes = { sha256: 32, sha1: 20, crc32: 4, crc32c: 4 } as const;

export type ChecksumAlgorithm = keyof typeof digestBytes;

/** `FULL_OBJECT` is over the bytes; `COMPOSITE` over the checksums of the parts. The value is base64. */
export type Checksum = { algorithm: ChecksumAlgorithm; value: string; type: "FULL_OBJECT" | "COMPOSITE" };

export type GivenChecksum = { algorithm: ChecksumAlgorithm; value: string };

export type Digest = { update(chunk: Uint8Array): void; digest(): Buffer };

const headerPrefix = "x-amz-checksum-";
/** Of CRC32C, reversed. */
const castagnoliPolynomial = 0x82f63b78;
/** Headers that start like a checksum and are none. */
const settings = new Set(["algorithm", "mode", "type"]);

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return headerPrefix + algorithm;
}

/** `ChecksumSHA256` and so on, as S3 names it in XML. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm.toUpperCase()}`;
}

/** @throws NotImplemented for one that only AWS knows */
export function readAlgorithm(text: string): ChecksumAlgorithm {
  const algorithm = text.toLowerCase();
  if (Object.hasOwn(digestBytes, algorithm)) return algorithm as ChecksumAlgorithm;
  throw new S3Error(
    "NotImplemented",
    `The checksum algorithm ${text} is not implemented: use SHA256, SHA1, CRC32 or CRC32C`,
  );
}

/**
 * The checksum that a request gives of its body, in a header or in a presigned query.
 *
 * @throws InvalidRequest for several or one that cannot be right
 */
export function givenChecksum(request: S3Request): GivenChecksum | undefined {
  const given = settingsStarting(request, headerPrefix).filter(
    ([name]) => !settings.has(name.slice(headerPrefix.length)),
  );
  const values = new Map(given);
  if (values.size > 1 || new Set(given.map(([, value]) => value)).size > 1) {
    throw new S3Error(
      "InvalidRequest",
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  const [first] = values;
  if (!first) return undefined;
  const [name, value] = first;
  const algorithm = readAlgorithm(name.slice(headerPrefix.length));
  checkChecksumForm(algorithm, value);
  return { algorithm, value };
}

/** @throws InvalidRequest unless it is the base64 of as many bytes as the algorithm makes */
export function checkChecksumForm(algorithm: ChecksumAlgorithm, value: string) {
  if (isBase64Of(value, digestBytes[algorithm])) return;
  throw new S3Error("InvalidRequest", `Value for ${checksumHeader(algorithm)} header is invalid.`);
}

/** @throws InvalidDigest unless it is the base64 of 16 bytes */
export function givenMd5(request: S3Request): string | undefined {
  const value = headerOf(request, "content-md5");
  if (value !== undefined && !isBase64Of(value, 16)) throw new S3Error("InvalidDigest");
  return value;
}

export async function createDigest(algorithm: ChecksumAlgorithm | "md5"): Promise<Digest> {
  if (algorithm === "crc32") return crc32Digest();
  if (algorithm !== "crc32c") return createHash(algorithm);
  const hasher = await createCRC32(castagnoliPolynomial);
  return { update: (chunk) => void hasher.update(chunk), digest: () => Buffer.from(hasher.digest("binary")) };
}

/** The checksum of a multipart object: over the raw checksums of its parts, with their number behind it. */
export async function compositeChecksum(algorithm: ChecksumAlgorithm, partValues: string[]): Promise<Checksum> {
  const digest = await createDigest(algorithm);
  for (const value of partValues) digest.update(Buffer.from(value, "base64"));
  return { algorithm, value: `${digest.digest().toString("base64")}-${partValues.length}`, type: "COMPOSITE" };
}

function crc32Digest(): Digest {
  let value = 0;
  return {
    update: (chunk) => void (value = crc32(chunk, value)),
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

function isBase64Of(text: string, sizeBytes: number): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === sizeBytes && bytes.toString("base64") === text;
}
