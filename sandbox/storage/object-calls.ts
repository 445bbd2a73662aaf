import { randomUUID } from "node:crypto";
import { readRange } from "./byte-range.ts";
import { noContent, quoted, xmlAnswer, type Answer, type Call } from "./call.ts";
import { checksumHeader } from "./checksums.ts";
import { describedBy, descriptionHeaders } from "./description.ts";
import type { ByteRange } from "./object-shelf.ts";
import { checkWritable, isRangeWanted, isWanted } from "./preconditions.ts";
import { receiveFile, receiveText } from "./receive-body.ts";
import { discard, type ObjectRecord } from "./records.ts";
import { S3Error } from "./s3-error.ts";
import { headerOf, settingOf } from "./s3-request.ts";
import { readXml, recordsIn, xmlDocument, type XmlChild } from "./xml.ts";

const maxKeysPerDelete = 1000;

export async function putObject({ request, authentication, objects, changes, start }: Call): Promise<Answer> {
  const description = describedBy(request);
  const incomingPath = objects.incomingPath();
  try {
    const { sizeBytes, md5, checksum } = await receiveFile(request, authentication, incomingPath, start);
    await changes.pass(async () => {
      checkWritable(request, objects.find(request.key));
      const versionId = randomUUID();
      const file = "object";
      await objects.keepBlob(incomingPath, versionId, file);
      await objects.put({
        ...description,
        key: request.key,
        versionId,
        sizeBytes,
        etag: md5,
        checksum,
        modifiedAt: new Date().toISOString(),
        blobs: [{ file, sizeBytes }],
      });
    });
    const checksumHeaders = checksum && { [checksumHeader(checksum.algorithm)]: checksum.value };
    return { status: 200, headers: { etag: quoted(md5), ...checksumHeaders } };
  } finally {
    await discard(incomingPath);
  }
}

/** `GetObject`, and `HeadObject` but for the bytes. */
export function readObject({ request, objects }: Call): Answer {
  const record = objects.find(request.key);
  if (!record) throw new S3Error("NoSuchKey", undefined, { Key: request.key });
  const headers = headersOf(record);
  if (!isWanted(request, record)) return { status: 304, headers };

  const range = isRangeWanted(request, record) ? readRange(headerOf(request, "range"), record.sizeBytes) : undefined;
  if (range === "unsatisfiable") {
    throw new S3Error("InvalidRange", undefined, {
      RangeRequested: headerOf(request, "range") ?? "",
      ActualObjectSize: record.sizeBytes,
    });
  }
  Object.assign(headers, descriptionHeaders(request, record));
  if (range) headers["content-range"] = `bytes ${range.first}-${range.last}/${record.sizeBytes}`;
  else if (settingOf(request, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED") {
    Object.assign(headers, checksumHeaders(record));
  }
  const sent: ByteRange = range ?? { first: 0, last: record.sizeBytes - 1 };
  headers["content-length"] = sent.last - sent.first + 1;

  const status = range ? 206 : 200;
  if (request.method === "HEAD") return { status, headers };
  return { status, headers, stream: { chunks: objects.read(record, sent), ...objects.retain(record) } };
}

export async function deleteObject({ request, objects, changes }: Call): Promise<Answer> {
  await changes.pass(() => objects.remove(request.key));
  return noContent;
}

export async function deleteObjects({ request, authentication, objects, changes, start }: Call): Promise<Answer> {
  const { text, isChecked } = await receiveText(request, authentication, { checksumIs: "of the body", start });
  if (!isChecked) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  const content = readXml(text, "Delete");
  const keys = recordsIn(content, "Object").map(({ Key }) => Key);
  if (keys.length > maxKeysPerDelete || !keys.every((key) => typeof key === "string" && key !== "")) {
    throw new S3Error("MalformedXML");
  }
  const deleted: XmlChild[] = [];
  for (const key of keys.map(String)) {
    await changes.pass(() => objects.remove(key));
    deleted.push(["Deleted", [["Key", key]]]);
  }
  return xmlAnswer(xmlDocument("DeleteResult", content["Quiet"] === "true" ? [] : deleted));
}

function headersOf(record: ObjectRecord): Record<string, string | number> {
  return {
    etag: quoted(record.etag),
    "last-modified": new Date(record.modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
  };
}

function checksumHeaders({ checksum }: ObjectRecord): Record<string, string> {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };
}
