import type { IncomingMessage } from "node:http";
import { S3Error } from "./s3-error.ts";

/** A request as S3 reads it. Nothing of it is normalized: a key may hold `..`, `//` and any Unicode. */
export type S3Request = {
  message: IncomingMessage;
  method: string;
  /** Decoded, with its leading slash: what is signed. */
  path: string;
  bucket: string;
  /** Empty for a call on the bucket itself. */
  key: string;
  query: [name: string, value: string][];
};

const maxKeyBytes = 1024;

/** @throws InvalidURI for a path that is no UTF-8, KeyTooLongError past 1,024 bytes. */
export function readRequest(message: IncomingMessage): S3Request {
  const url = message.url ?? "/";
  const queryStart = url.indexOf("?");
  const path = decode(queryStart < 0 ? url : url.slice(0, queryStart));
  const slash = path.indexOf("/", 1);
  const key = slash < 0 ? "" : path.slice(slash + 1);
  if (!path.startsWith("/")) throw new S3Error("InvalidURI");
  if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error("KeyTooLongError");

  return {
    message,
    method: message.method ?? "GET",
    path,
    bucket: slash < 0 ? path.slice(1) : path.slice(1, slash),
    key,
    query: queryStart < 0 ? [] : readQuery(url.slice(queryStart + 1)),
  };
}

function readQuery(text: string): [string, string][] {
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decode(name.replaceAll("+", "%20")), decode(value.replaceAll("+", "%20"))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI");
  }
}

/** A header's value; several of one name are joined by commas, as they are signed. */
export function headerOf(request: S3Request, name: string): string | undefined {
  return request.message.headersDistinct[name]?.join(",");
}

/** The first query parameter of this exact name. */
export function queryOf(request: S3Request, name: string): string | undefined {
  return request.query.find(([other]) => other === name)?.[1];
}

export function hasQuery(request: S3Request, name: string): boolean {
  return queryOf(request, name) !== undefined;
}

/** A setting that a presigned URL may carry in its query instead of in a header: every `x-amz-…`. */
export function settingOf(request: S3Request, name: string): string | undefined {
  return headerOf(request, name) ?? request.query.find(([other]) => other.toLowerCase() === name)?.[1];
}

/** All settings whose lower-case name starts so, headers before query. */
export function settingsStarting(request: S3Request, prefix: string): [name: string, value: string][] {
  const headers = Object.entries(request.message.headersDistinct).map(([name, values]) => [
    name,
    values?.join(",") ?? "",
  ]);
  const query = request.query.map(([name, value]) => [name.toLowerCase(), value]);
  return [...headers, ...query].filter((pair): pair is [string, string] => pair[0]?.startsWith(prefix) ?? false);
}

/**
 * A whole number of the query.
 *
 * @returns the fallback when it is absent
 * @throws InvalidArgument outside `min`–`max`
 */
export function wholeNumberOf(request: S3Request, name: string, range: { min: number; max: number; fallback: number }) {
  const text = queryOf(request, name);
  if (text === undefined || text === "") return range.fallback;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= range.min && number <= range.max)) {
    throw new S3Error("InvalidArgument", `Argument ${name} must be an integer between ${range.min} and ${range.max}`, {
      ArgumentName: name,
      ArgumentValue: text,
    });
  }
  return number;
}
