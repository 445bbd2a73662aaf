import { json } from "@remix-run/node";
import { z } from "zod";
import { callerOf, type Caller } from "~/http/caller";
import { BODY_LIMIT_BYTES, type ApiCall } from "./call";
import { apiCalls } from "./calls";

/** So much of a body that is too large is read and thrown away. */
const PASSED_OVER_BYTES = 1024 * 1024;

/** Software calls from anywhere, by no cookie: any origin may ask. */
const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "Authorization, Content-Type",
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Expose-Headers": "Retry-After",
  "Access-Control-Max-Age": "7200",
};

/** What a call asks, read by its schemas. */
export type ApiRequest<Call extends ApiCall> = {
  request: Request;
  caller: Caller;
  body: Call["body"] extends z.ZodType ? z.output<Call["body"]> : undefined;
  query: Call["query"] extends z.ZodType ? z.output<Call["query"]> : undefined;
  params: Call["params"] extends z.ZodType ? z.output<Call["params"]> : undefined;
};

export type Answer<Call extends ApiCall> = z.input<Call["answer"]["schema"]>;

/** A refusal that ends a call, as a value to throw: `throw apiError(404, "unknown_shop", "…")`. */
export function apiError(status: number, code: string, message: string, headers: Record<string, string> = {}) {
  return json({ error: { code, message } }, { status, headers: { ...CORS_HEADERS, ...QUIET, ...headers } });
}

const QUIET = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/**
 * Answers a call of the API: preflight, method, body and fields, then `work`. Whatever is refused or breaks is
 * answered in the one shape of errors, and nothing of the body is ever logged.
 *
 * @param guard  asked before anything is read; throws `apiError` when the caller may not go on
 * @param work   answers what the call's schema says, or throws `apiError`
 */
export async function answerApi<Call extends ApiCall>(
  call: Call,
  { request, params }: { request: Request; params: Record<string, string | undefined> },
  work: (asked: ApiRequest<Call>) => Promise<Answer<Call>>,
  { guard, cacheSeconds }: { guard?: (caller: Caller) => Promise<void>; cacheSeconds?: number } = {},
): Promise<Response> {
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { ...CORS_HEADERS, Allow: allowedAt(call.path) } });
  }

  try {
    if (request.method.toLowerCase() !== call.method) {
      throw wrongMethod(call.path);
    }
    const caller = callerOf(request);
    await guard?.(caller);
    const asked = {
      request,
      caller,
      params: call.params && checked(call.params, params),
      query: call.query && checked(call.query, queryOf(request)),
      body: call.body && checked(call.body, await readBody(request)),
    } as ApiRequest<Call>;
    const answer = await work(asked);
    const cache = cacheSeconds ? { "Cache-Control": `public, max-age=${cacheSeconds}` } : {};
    return json(answer, { status: call.answer.status, headers: { ...CORS_HEADERS, ...QUIET, ...cache } });
  } catch (error) {
    if (error instanceof Response) return error;
    console.error(error);
    return apiError(500, "unavailable", "Something went wrong on our side. Try again soon.");
  }
}

/** The answer to a method that no call of this path has. */
function wrongMethod(path: string): Response {
  const allowed = allowedAt(path);
  return apiError(405, "method_not_allowed", `Here you may use ${allowed}.`, { Allow: allowed });
}

function allowedAt(path: string): string {
  const methods = apiCalls.filter((call) => call.path === path).map(({ method }) => method.toUpperCase());
  return [...methods, "OPTIONS"].join(", ");
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw apiError(422, "bad_request", z.prettifyError(parsed.error));
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

async function readBody(request: Request): Promise<unknown> {
  const bytes = await readUpTo(request, BODY_LIMIT_BYTES);
  if (!bytes) {
    // What may be left of it is never read, so no other call can come on this connection.
    throw apiError(413, "too_large", `The body has at most ${BODY_LIMIT_BYTES / 1024} KB.`, { Connection: "close" });
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw apiError(400, "bad_json", "The body must be JSON."); // the parser's message quotes the body
  }
}

/** Null when there is more, of which most is read all the same: whoever is still sending hears no answer. */
async function readUpTo(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    sizeBytes += next.value.byteLength;
    if (sizeBytes <= maxBytes) chunks.push(next.value);
    if (sizeBytes > PASSED_OVER_BYTES) break;
  }
  return sizeBytes > maxBytes ? null : Buffer.concat(chunks);
}
