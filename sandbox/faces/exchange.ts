import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Html } from "./html.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** One request to a face and its answer. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** GET for HEAD too: node drops the body by itself */
  method: string;
  cookies: Record<string, string>;
};

/** What the person sent cannot be used; `message` is for them. */
export class FaceRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  return { request, response, url, method, cookies: readCookies(request.headers.cookie) };
}

export async function readForm({ request }: Exchange): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new FaceRefusal(413, "This form is larger than 1 MB.");
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

export function sendPage({ response }: Exchange, page: Html, status = 200) {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(page.text);
}

export function sendJson({ response }: Exchange, value: unknown, status = 200) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(JSON.stringify(value));
}

/** A script, style or picture: the browser asks again, and gets it only when it changed. */
export function sendAsset({ request, response }: Exchange, body: string | Buffer, contentType: string) {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = { etag, "cache-control": "no-cache", "x-content-type-options": "nosniff" };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, "content-type": contentType });
  response.end(body);
}

export function redirect({ response }: Exchange, to: string) {
  response.writeHead(303, { location: to, "cache-control": "no-store" }).end();
}

/** @param value  null forgets the cookie */
export function setCookie({ response }: Exchange, name: string, value: string | null) {
  const lifetime = value === null ? "Max-Age=0" : "Max-Age=2592000";
  response.appendHeader(
    "set-cookie",
    `${name}=${encodeURIComponent(value ?? "")}; Path=/; HttpOnly; SameSite=Lax; ${lifetime}`,
  );
}

/** Remembers one sentence for the next page that is shown. */
export function leaveNotice(exchange: Exchange, sentence: string) {
  setCookie(exchange, "notice", sentence);
}

export function takeNotice(exchange: Exchange): string | null {
  const notice = exchange.cookies.notice;
  if (!notice) return null;
  setCookie(exchange, "notice", null);
  return notice;
}

/** A form may only be sent from the sandbox's own pages. */
export function comesFromHere({ request }: Exchange): boolean {
  const origin = request.headers.origin;
  return !origin || origin === "null"
    ? request.headers["sec-fetch-site"] !== "cross-site"
    : URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

function readCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0) cookies[part.slice(0, at).trim()] = decode(part.slice(at + 1).trim());
  }
  return cookies;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
