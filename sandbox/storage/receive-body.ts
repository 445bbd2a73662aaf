import { open, type FileHandle } from "node:fs/promises";
import {
  checkChecksumForm,
  checksumHeader,
  createDigest,
  givenChecksum,
  givenMd5,
  readAlgorithm,
} from "./checksums.ts";
import type { Checksum, ChecksumAlgorithm, Digest, GivenChecksum } from "./checksums.ts";
import { decodeChunks, isChunked } from "./chunked-body.ts";
import { S3Error } from "./s3-error.ts";
import { headerOf, type S3Request } from "./s3-request.ts";
import type { Authentication } from "./signature.ts";

/** What was received: its MD5 in hex, and the checksum when the sender gave one to verify. */
export type Received = { sizeBytes: number; md5: string; checksum: Checksum | undefined };

/** One `PutObject` or `UploadPart` holds at most 5 GiB. */
const maxBodyBytes = 5 * 1024 ** 3;
const maxXmlBytes = 4 * 1024 ** 2;

/**
 * Streams the body of a request into a new file and verifies everything that was said of it.
 *
 * It throws too when the sender goes away in the middle: the caller removes what is left of the file.
 *
 * @param start  tells a sender that asked first (`Expect: 100-continue`) to go on
 * @throws MissingContentLength, EntityTooLarge, IncompleteBody, BadDigest, InvalidDigest, XAmzContentSHA256Mismatch
 */
export async function receiveFile(
  request: S3Request,
  authentication: Authentication,
  path: string,
  start: () => void,
): Promise<Received> {
  const limit = { bytes: maxBodyBytes, code: "EntityTooLarge" } as const;
  const body = await openBody(request, authentication, givenChecksum(request), limit);
  const file = await open(path, "wx");
  try {
    start();
    for await (const chunk of body.chunks) {
      body.add(chunk);
      await writeAll(file, chunk);
    }
  } finally {
    await file.close();
  }
  return body.verified();
}

/**
 * The text of a small XML body, verified in the same way.
 *
 * @param options.checksumIs  completing an upload gives, in the header of a body's checksum, the object's
 * @returns whether the sender gave a checksum or MD5 of it, too
 */
export async function receiveText(
  request: S3Request,
  authentication: Authentication,
  options: { checksumIs: "of the body" | "of the object"; start: () => void },
): Promise<{ text: string; isChecked: boolean }> {
  const header = options.checksumIs === "of the body" ? givenChecksum(request) : undefined;
  const body = await openBody(request, authentication, header, {
    bytes: maxXmlBytes,
    code: "MaxMessageLengthExceeded",
  });
  const chunks: Buffer[] = [];
  options.start();
  for await (const chunk of body.chunks) {
    body.add(chunk);
    chunks.push(chunk);
  }
  const { checksum } = body.verified();
  return { text: Buffer.concat(chunks).toString("utf8"), isChecked: checksum !== undefined || body.hasMd5 };
}

async function openBody(
  request: S3Request,
  authentication: Authentication,
  header: GivenChecksum | undefined,
  limit: { bytes: number; code: "EntityTooLarge" | "MaxMessageLengthExceeded" },
) {
  const declaredBytes = declaredSize(request, authentication);
  if (declaredBytes > limit.bytes) {
    throw new S3Error(limit.code, undefined, { ProposedSize: declaredBytes, MaxSizeAllowed: limit.bytes });
  }
  const md5Given = givenMd5(request);
  const trailerName = isChunked(authentication.payloadHash) ? headerOf(request, "x-amz-trailer") : undefined;
  const algorithm = header?.algorithm ?? algorithmOfTrailer(trailerName);
  const exactHash = /^[0-9a-f]{64}$/.test(authentication.payloadHash) ? authentication.payloadHash : undefined;

  const md5 = await createDigest("md5");
  const hash = exactHash === undefined ? undefined : await createDigest("sha256");
  const checksum = algorithm && (await createDigest(algorithm));
  const trailers = new Map<string, string>();
  // Iterating a request to the end of a `for await` that throws would destroy it, and the answer with it.
  const source: AsyncIterable<Buffer> = request.message.iterator({ destroyOnReturn: false });
  let sizeBytes = 0;

  return {
    chunks: isChunked(authentication.payloadHash) ? decodeChunks(source, authentication, trailers) : source,
    hasMd5: md5Given !== undefined,
    add(chunk: Buffer) {
      sizeBytes += chunk.length;
      if (sizeBytes > declaredBytes) throw new S3Error("IncompleteBody");
      for (const digest of [md5, hash, checksum]) digest?.update(chunk);
    },
    verified(): Received {
      if (sizeBytes !== declaredBytes) throw new S3Error("IncompleteBody");
      if (hash && hash.digest().toString("hex") !== exactHash) throw new S3Error("XAmzContentSHA256Mismatch");
      const md5Bytes = md5.digest();
      if (md5Given !== undefined && md5Bytes.toString("base64") !== md5Given) {
        throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
      }
      const given = header?.value ?? (trailerName === undefined ? undefined : trailers.get(trailerName.toLowerCase()));
      return {
        sizeBytes,
        md5: md5Bytes.toString("hex"),
        checksum: checksum && algorithm && verifiedChecksum(algorithm, given, checksum),
      };
    },
  };
}

function verifiedChecksum(algorithm: ChecksumAlgorithm, given: string | undefined, computed: Digest): Checksum {
  if (given === undefined) throw new S3Error("InvalidRequest", "The trailer announced in x-amz-trailer is missing.");
  checkChecksumForm(algorithm, given);
  const value = computed.digest().toString("base64");
  if (given !== value) {
    throw new S3Error(
      "BadDigest",
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
  return { algorithm, value, type: "FULL_OBJECT" };
}

/** The number of bytes that a sender promises, without the framing of chunks. */
function declaredSize(request: S3Request, authentication: Authentication): number {
  const name = isChunked(authentication.payloadHash) ? "x-amz-decoded-content-length" : "content-length";
  const text = headerOf(request, name);
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new S3Error("MissingContentLength");
  return Number(text);
}

function algorithmOfTrailer(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined;
  const prefix = checksumHeader("sha256").slice(0, -"sha256".length);
  if (!name.toLowerCase().startsWith(prefix)) {
    throw new S3Error("InvalidRequest", "The value specified in the x-amz-trailer header is not supported");
  }
  return readAlgorithm(name.slice(prefix.length));
}

async function writeAll(file: FileHandle, chunk: Buffer) {
  for (let offset = 0; offset < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, offset);
    offset += bytesWritten;
  }
}
