import { createHash } from "node:crypto";
import { noContent, quoted, xmlAnswer, type Answer, type Call } from "./call.ts";
import { checksumElement, checksumHeader, readAlgorithm, type Checksum } from "./checksums.ts";
import { listedParts, objectChecksum, partsOf } from "./completion.ts";
import { describedBy } from "./description.ts";
import { checkWritable } from "./preconditions.ts";
import { receiveFile, receiveText } from "./receive-body.ts";
import { discard, type PartRecord, type UploadRecord } from "./records.ts";
import { S3Error } from "./s3-error.ts";
import { queryOf, settingOf, wholeNumberOf } from "./s3-request.ts";
import type { Upload } from "./upload-shelf.ts";
import { readXml, xmlDocument, type XmlChild } from "./xml.ts";

const maxPartNumber = 10_000;
const maxListed = 1000;

export async function createMultipartUpload({ request, bucket, uploads, changes }: Call): Promise<Answer> {
  const algorithm = settingOf(request, "x-amz-checksum-algorithm");
  const type = settingOf(request, "x-amz-checksum-type")?.toUpperCase();
  if (type !== undefined && type !== "COMPOSITE") {
    throw new S3Error(
      "NotImplemented",
      `The checksum type ${type} is not implemented for multipart uploads: use COMPOSITE`,
    );
  }
  const record = {
    ...describedBy(request),
    key: request.key,
    checksumAlgorithm: algorithm === undefined ? undefined : readAlgorithm(algorithm),
    createdAt: new Date().toISOString(),
  };
  const { uploadId } = await changes.pass(() => uploads.create(record));
  const children: XmlChild[] = [
    ["Bucket", bucket],
    ["Key", request.key],
    ["UploadId", uploadId],
  ];
  const headers: Record<string, string> = record.checksumAlgorithm
    ? { "x-amz-checksum-algorithm": record.checksumAlgorithm.toUpperCase(), "x-amz-checksum-type": "COMPOSITE" }
    : {};
  return { ...xmlAnswer(xmlDocument("InitiateMultipartUploadResult", children)), headers };
}

export async function uploadPart(call: Call): Promise<Answer> {
  const { request, authentication, objects, uploads, changes, start } = call;
  const partNumber = wholeNumberOf(request, "partNumber", { min: 1, max: maxPartNumber, fallback: 0 });
  if (partNumber === 0)
    throw new S3Error("InvalidArgument", `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`);
  findUpload(call);

  const incomingPath = objects.incomingPath();
  try {
    const { sizeBytes, md5, checksum } = await receiveFile(request, authentication, incomingPath, start);
    await changes.pass(async () => {
      // Looked up again: it may have been completed or aborted while the bytes came.
      const upload = findUpload(call);
      checkAlgorithm(upload.record, checksum);
      const part = { partNumber, sizeBytes, etag: md5, checksum, modifiedAt: new Date().toISOString() };
      await uploads.keepPart(upload, incomingPath, part);
    });
    const checksumHeaders = checksum && { [checksumHeader(checksum.algorithm)]: checksum.value };
    return { status: 200, headers: { etag: quoted(md5), ...checksumHeaders } };
  } finally {
    await discard(incomingPath);
  }
}

export function listParts(call: Call): Answer {
  const { request, bucket } = call;
  const { record, parts } = findUpload(call);
  const maxParts = wholeNumberOf(request, "max-parts", { min: 0, max: 2 ** 31, fallback: maxListed });
  const marker = wholeNumberOf(request, "part-number-marker", { min: 0, max: 2 ** 31, fallback: 0 });
  const left = [...parts.values()]
    .filter((part) => part.partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber);
  const page = left.slice(0, Math.min(maxParts, maxListed));

  return xmlAnswer(
    xmlDocument("ListPartsResult", [
      ["Bucket", bucket],
      ["Key", record.key],
      ["UploadId", record.uploadId],
      ["StorageClass", "STANDARD"],
      ["PartNumberMarker", marker],
      ["NextPartNumberMarker", page.at(-1)?.partNumber ?? marker],
      ["MaxParts", maxParts],
      ["IsTruncated", page.length > 0 && page.length < left.length],
      ["ChecksumAlgorithm", record.checksumAlgorithm?.toUpperCase()],
      ["ChecksumType", record.checksumAlgorithm && "COMPOSITE"],
      ...page.map(listedPart),
    ]),
  );
}

export async function completeMultipartUpload(call: Call): Promise<Answer> {
  const { request, authentication, bucket, objects, uploads, changes, start } = call;
  findUpload(call);
  const { text } = await receiveText(request, authentication, { checksumIs: "of the object", start });
  const listed = listedParts(readXml(text, "CompleteMultipartUpload"));

  const { etag, checksum } = await changes.pass(async () => {
    const upload = findUpload(call);
    const parts = partsOf(upload, listed);
    const checksum = await objectChecksum(request, upload.record, parts);
    checkWritable(request, objects.find(request.key));
    const etag = `${md5OfMd5s(parts)}-${parts.length}`;
    await uploads.complete(upload, {
      headers: upload.record.headers,
      metadata: upload.record.metadata,
      sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
      etag,
      checksum,
      modifiedAt: new Date().toISOString(),
      blobs: parts.map(({ file, sizeBytes }) => ({ file, sizeBytes })),
    });
    return { etag, checksum };
  });

  const host = request.message.headers.host ?? "";
  return xmlAnswer(
    xmlDocument("CompleteMultipartUploadResult", [
      ["Location", `http://${host}/${bucket}/${request.key.split("/").map(encodeURIComponent).join("/")}`],
      ["Bucket", bucket],
      ["Key", request.key],
      ["ETag", quoted(etag)],
      ...checksumChildren(checksum),
      ["ChecksumType", checksum?.type],
    ]),
  );
}

export async function abortMultipartUpload(call: Call): Promise<Answer> {
  await call.changes.pass(async () => call.uploads.abort(findUpload(call)));
  return noContent;
}

function findUpload({ request, uploads }: Call): Upload {
  const uploadId = queryOf(request, "uploadId") ?? "";
  const upload = uploads.find(uploadId);
  if (upload?.record.key !== request.key) throw new S3Error("NoSuchUpload", undefined, { UploadId: uploadId });
  return upload;
}

/** An upload says at its start which checksum its parts come with; each part then has just that. */
function checkAlgorithm({ checksumAlgorithm }: UploadRecord, checksum: Checksum | undefined) {
  if (checksum?.algorithm === checksumAlgorithm) return;
  const [expected, actual] = [checksumAlgorithm ?? "null", checksum?.algorithm ?? "null"];
  const message = `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`;
  throw new S3Error("InvalidRequest", message);
}

function listedPart(part: PartRecord): XmlChild {
  return [
    "Part",
    [
      ["PartNumber", part.partNumber],
      ["LastModified", part.modifiedAt],
      ["ETag", quoted(part.etag)],
      ["Size", part.sizeBytes],
      ...checksumChildren(part.checksum),
    ],
  ];
}

function checksumChildren(checksum: Checksum | undefined): XmlChild[] {
  return checksum ? [[checksumElement(checksum.algorithm), checksum.value]] : [];
}

function md5OfMd5s(parts: PartRecord[]): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(Buffer.from(part.etag, "hex"));
  return hash.digest("hex");
}
