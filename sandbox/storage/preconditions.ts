import type { ObjectRecord } from "./records.ts";
import { S3Error } from "./s3-error.ts";
import { headerOf, type S3Request } from "./s3-request.ts";

/**
 * Holds a read against the conditions in its headers, in the order of RFC 9110, section 13.2.2.
 *
 * @returns false when the reader has the object already and 304 is the answer
 * @throws PreconditionFailed
 */
export function isWanted(request: S3Request, record: ObjectRecord): boolean {
  const ifMatch = headerOf(request, "if-match");
  const ifNoneMatch = headerOf(request, "if-none-match");
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, record.etag)) refuse("If-Match");
  } else if (isModifiedSince(record, headerOf(request, "if-unmodified-since")) === true) {
    refuse("If-Unmodified-Since");
  }
  if (ifNoneMatch !== undefined) return !matches(ifNoneMatch, record.etag);
  return isModifiedSince(record, headerOf(request, "if-modified-since")) !== false;
}

/** A range is for the object that the reader began with; of another one all is sent. */
export function isRangeWanted(request: S3Request, record: ObjectRecord): boolean {
  const ifRange = headerOf(request, "if-range");
  if (ifRange === undefined) return true;
  return ifRange.startsWith('"') ? matches(ifRange, record.etag) : isModifiedSince(record, ifRange) === false;
}

/**
 * Holds a write against what its key holds now.
 *
 * @throws PreconditionFailed
 */
export function checkWritable(request: S3Request, present: ObjectRecord | undefined) {
  const ifMatch = headerOf(request, "if-match");
  const ifNoneMatch = headerOf(request, "if-none-match");
  if (ifMatch !== undefined && !present) throw new S3Error("NoSuchKey");
  if (ifMatch !== undefined && present && !matches(ifMatch, present.etag)) refuse("If-Match");
  if (ifNoneMatch !== undefined && present && matches(ifNoneMatch, present.etag)) refuse("If-None-Match");
}

function matches(list: string, etag: string): boolean {
  const tags = list.split(",").map((tag) => tag.trim().replace(/^W\//, "").replaceAll('"', ""));
  return tags.includes("*") || tags.includes(etag);
}

/** Undefined when there is no date, or none that can be read: the condition is then as if not there. */
function isModifiedSince(record: ObjectRecord, date: string | undefined): boolean | undefined {
  const since = Date.parse(date ?? "");
  if (Number.isNaN(since)) return undefined;
  return Math.floor(Date.parse(record.modifiedAt) / 1000) > Math.floor(since / 1000);
}

function refuse(condition: string): never {
  throw new S3Error("PreconditionFailed", undefined, { Condition: condition });
}
