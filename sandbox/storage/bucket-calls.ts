import { quoted, xmlAnswer, type Answer, type Call } from "./call.ts";
import { uriEncode } from "./canonical-request.ts";
import { S3Error } from "./s3-error.ts";
import { hasQuery, queryOf, wholeNumberOf } from "./s3-request.ts";
import { xmlDocument, type XmlChild } from "./xml.ts";

const maxListed = 1000;

export function headBucket({ region }: Call): Answer {
  return { status: 200, headers: { "x-amz-bucket-region": region } };
}

/** Keys in the order of their UTF-8 bytes, those with a common start up to `delimiter` as one. */
export function listObjects({ request, bucket, objects }: Call): Answer {
  const prefix = queryOf(request, "prefix") ?? "";
  const delimiter = queryOf(request, "delimiter") ?? "";
  const token = queryOf(request, "continuation-token");
  const startAfter = queryOf(request, "start-after");
  const maxKeys = wholeNumberOf(request, "max-keys", { min: 0, max: 2 ** 31 - 1, fallback: maxListed });
  const after = token === undefined ? (startAfter ?? "") : Buffer.from(token, "base64url").toString("utf8");
  const shown = encoder(queryOf(request, "encoding-type"));

  const page: XmlChild[] = [];
  const pageSize = Math.min(maxKeys, maxListed);
  let last = after;
  let isTruncated = false;
  const candidates = [...objects.list()].filter((record) => record.key.startsWith(prefix));
  for (const record of inByteOrder(candidates, (candidate) => candidate.key)) {
    const end = delimiter === "" ? -1 : record.key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? record.key : record.key.slice(0, end + delimiter.length);
    if (after !== "" && compareBytes(name, after) <= 0) continue;
    if (name === last) continue;
    if (page.length >= pageSize) {
      isTruncated = pageSize > 0;
      break;
    }
    last = name;
    const content: XmlChild[] = [
      ["Key", shown(record.key)],
      ["LastModified", record.modifiedAt],
      ["ETag", quoted(record.etag)],
      ["ChecksumAlgorithm", record.checksum?.algorithm.toUpperCase()],
      ["ChecksumType", record.checksum?.type],
      ["Size", record.sizeBytes],
      ["StorageClass", "STANDARD"],
    ];
    page.push(end < 0 ? ["Contents", content] : ["CommonPrefixes", [["Prefix", shown(name)]]]);
  }

  return xmlAnswer(
    xmlDocument("ListBucketResult", [
      ["Name", bucket],
      ["Prefix", shown(prefix)],
      ["Delimiter", delimiter === "" ? undefined : shown(delimiter)],
      ["StartAfter", startAfter === undefined ? undefined : shown(startAfter)],
      ["EncodingType", queryOf(request, "encoding-type")],
      ["ContinuationToken", token],
      ["NextContinuationToken", isTruncated ? Buffer.from(last).toString("base64url") : undefined],
      ["KeyCount", page.length],
      ["MaxKeys", maxKeys],
      ["IsTruncated", isTruncated],
      ...page,
    ]),
  );
}

/** By key, and of one key the oldest first. */
export function listMultipartUploads({ request, bucket, uploads }: Call): Answer {
  if (hasQuery(request, "delimiter")) throw new S3Error("NotImplemented");
  const prefix = queryOf(request, "prefix") ?? "";
  const keyMarker = queryOf(request, "key-marker") ?? "";
  const uploadIdMarker = queryOf(request, "upload-id-marker") ?? "";
  const maxUploads = wholeNumberOf(request, "max-uploads", { min: 1, max: 2 ** 31 - 1, fallback: maxListed });
  const shown = encoder(queryOf(request, "encoding-type"));

  const matching = [...uploads.list()].map((upload) => upload.record).filter((record) => record.key.startsWith(prefix));
  matching.sort((a, b) => compareBytes(a.createdAt, b.createdAt));
  const ordered = inByteOrder(matching, (record) => record.key);
  const marker = ordered.findIndex((record) => record.key === keyMarker && record.uploadId === uploadIdMarker);
  const left =
    marker >= 0
      ? ordered.slice(marker + 1)
      : ordered.filter((record) => keyMarker === "" || compareBytes(record.key, keyMarker) > 0);
  const page = left.slice(0, Math.min(maxUploads, maxListed));
  const isTruncated = page.length < left.length;

  return xmlAnswer(
    xmlDocument("ListMultipartUploadsResult", [
      ["Bucket", bucket],
      ["Prefix", shown(prefix)],
      ["KeyMarker", shown(keyMarker)],
      ["UploadIdMarker", uploadIdMarker],
      ["NextKeyMarker", isTruncated ? shown(page.at(-1)?.key ?? "") : undefined],
      ["NextUploadIdMarker", isTruncated ? page.at(-1)?.uploadId : undefined],
      ["EncodingType", queryOf(request, "encoding-type")],
      ["MaxUploads", maxUploads],
      ["IsTruncated", isTruncated],
      ...page.map((record): XmlChild => [
        "Upload",
        [
          ["Key", shown(record.key)],
          ["UploadId", record.uploadId],
          ["Initiated", record.createdAt],
          ["StorageClass", "STANDARD"],
          ["ChecksumAlgorithm", record.checksumAlgorithm?.toUpperCase()],
        ],
      ]),
    ]),
  );
}

/** XML cannot hold every character of a key: a caller may ask for keys as in a URL. */
function encoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return (text) => text;
  if (encodingType !== "url") throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request");
  return (text) => text.split("/").map(uriEncode).join("/");
}

function inByteOrder<Item>(items: Item[], nameOf: (item: Item) => string): Item[] {
  const named = items.map((item) => ({ item, bytes: Buffer.from(nameOf(item)) }));
  return named.sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ item }) => item);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
