import { checksumElement, checksumHeader, compositeChecksum, type Checksum } from "./checksums.ts";
import type { PartRecord, UploadRecord } from "./records.ts";
import { S3Error } from "./s3-error.ts";
import { settingOf, type S3Request } from "./s3-request.ts";
import type { Upload } from "./upload-shelf.ts";
import { recordsIn } from "./xml.ts";

/** A part as the completing request lists it; the ETag without quotes. */
type ListedPart = { partNumber: number; etag: string; fields: Record<string, unknown> };

/** Every part but the last holds at least 5 MiB. */
const minPartBytes = 5 * 1024 ** 2;

/** @throws MalformedXML, InvalidPartOrder */
export function listedParts(content: Record<string, unknown>): ListedPart[] {
  const listed = recordsIn(content, "Part").map((fields) => {
    const { PartNumber: number, ETag: etag } = fields;
    if (typeof number !== "string" || !/^\d{1,5}$/.test(number) || typeof etag !== "string") {
      throw new S3Error("MalformedXML");
    }
    return { partNumber: Number(number), etag: etag.replaceAll('"', ""), fields };
  });
  const isOrdered = listed.every((part, index) => part.partNumber > (listed[index - 1]?.partNumber ?? -1));
  if (!isOrdered) throw new S3Error("InvalidPartOrder");
  return listed;
}

/**
 * The uploaded parts that the list names.
 *
 * @throws InvalidPart, EntityTooSmall, or InvalidRequest when the checksum of one is missing
 */
export function partsOf({ record, parts }: Upload, listed: ListedPart[]): PartRecord[] {
  const found = listed.map(({ partNumber, etag, fields }) => {
    const part = parts.get(partNumber);
    const details = { UploadId: record.uploadId, PartNumber: partNumber, ETag: etag };
    if (part?.etag !== etag) throw new S3Error("InvalidPart", undefined, details);
    checkListedChecksum(record, part, fields, details);
    return part;
  });
  for (const part of found.slice(0, -1)) {
    if (part.sizeBytes >= minPartBytes) continue;
    throw new S3Error("EntityTooSmall", undefined, {
      ProposedSize: part.sizeBytes,
      MinSizeAllowed: minPartBytes,
      PartNumber: part.partNumber,
      ETag: part.etag,
    });
  }
  return found;
}

/**
 * The checksum of the whole, held against the one and the size that the completing request may give.
 *
 * @throws BadDigest, InvalidRequest
 */
export async function objectChecksum(
  request: S3Request,
  { checksumAlgorithm }: UploadRecord,
  parts: PartRecord[],
): Promise<Checksum | undefined> {
  const sizeGiven = settingOf(request, "x-amz-mp-object-size");
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  if (sizeGiven !== undefined && Number(sizeGiven) !== sizeBytes) {
    const message = `The provided 'x-amz-mp-object-size' header value ${sizeGiven} does not match what was computed: ${sizeBytes}`;
    throw new S3Error("InvalidRequest", message);
  }
  if (!checksumAlgorithm) return undefined;

  const checksum = await compositeChecksum(
    checksumAlgorithm,
    parts.map((part) => part.checksum?.value ?? ""),
  );
  const given = settingOf(request, checksumHeader(checksumAlgorithm));
  if (given !== undefined && given !== checksum.value && given !== checksum.value.split("-")[0]) {
    throw new S3Error("BadDigest", `The ${checksumAlgorithm} you specified did not match the calculated checksum.`);
  }
  return checksum;
}

function checkListedChecksum(
  { checksumAlgorithm }: UploadRecord,
  part: PartRecord,
  fields: Record<string, unknown>,
  details: Record<string, string | number>,
) {
  if (!checksumAlgorithm) return;
  const given = fields[checksumElement(checksumAlgorithm)];
  if (given === undefined) {
    const message = `The upload was created using a ${checksumAlgorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`;
    throw new S3Error("InvalidRequest", message);
  }
  if (given !== part.checksum?.value) throw new S3Error("InvalidPart", undefined, details);
}
