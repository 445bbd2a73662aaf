import { appUrl } from "./app-url";
import type { Host } from "./host";

/**
 * Why there is no answer to use: a code of the app's, or one of ours.
 * - `not_configured`: the bundle does not know where the app is
 * - `unreachable`: no answer came, or not in time
 * - `unreadable`: something else than the app answered
 */
export type Refused = { kind: "refused"; code: string; message: string | null };

export type Answer<Body> = { kind: "answered"; body: Body } | Refused;

export type Call<Body> = {
  method: "GET" | "POST";
  /** With its query. */
  path: string;
  body?: Record<string, unknown>;
  /** The answer as it should be, or null when it is not. */
  read(answer: unknown): Body | null;
};

const TIMEOUT_MS = 15_000;

/**
 * Asks the app something in the customer's name, with a token made for this call alone.
 *
 * A GET that finds nobody is repeated once. A POST is not: it may have been counted.
 *
 * @returns never throws; whatever goes wrong is a refusal.
 */
export async function callApp<Body>(host: Host, call: Call<Body>): Promise<Answer<Body>> {
  const base = appUrl();
  if (!base) return refused("not_configured");

  const first = await attempt(host, base, call);
  const isWorthAnother = first.kind === "refused" && first.code === "unreachable" && call.method === "GET";
  return isWorthAnother ? attempt(host, base, call) : first;
}

async function attempt<Body>(host: Host, base: string, call: Call<Body>): Promise<Answer<Body>> {
  let received: Received;
  try {
    const token = await host.sessionToken.get();
    received = await inTime((signal) => send(`${base.replace(/\/$/, "")}${call.path}`, request(call, token, signal)));
  } catch {
    return refused("unreachable");
  }

  if (!received.isOk) return refusalIn(received.answer);
  const body = call.read(received.answer);
  return body === null ? refused("unreadable") : { kind: "answered", body };
}

/** `answer` is null when it was not JSON. */
type Received = { isOk: boolean; answer: unknown };

async function send(url: string, init: RequestInit): Promise<Received> {
  const response = await fetch(url, init);
  const answer: unknown = await response.json().catch(() => null);
  return { isOk: response.ok, answer };
}

function request(call: Call<unknown>, token: string, signal: AbortSignal | undefined): RequestInit {
  const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: "application/json" };
  if (!call.body) return { method: call.method, headers, signal };

  headers["Content-Type"] = "application/json";
  return { method: call.method, headers, signal, body: JSON.stringify(call.body) };
}

/** Gives up after the timeout, also where the host cannot abort a request. */
async function inTime<Result>(work: (signal: AbortSignal | undefined) => Promise<Result>): Promise<Result> {
  const controller = typeof AbortController === "function" ? new AbortController() : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("The app did not answer in time"));
      controller?.abort();
    }, TIMEOUT_MS);
  });
  try {
    return await Promise.race([work(controller?.signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function refusalIn(answer: unknown): Refused {
  const error = isRecord(answer) ? answer.error : null;
  if (!isRecord(error) || typeof error.code !== "string") return refused("unreadable");
  return { kind: "refused", code: error.code, message: typeof error.message === "string" ? error.message : null };
}

function refused(code: string): Refused {
  return { kind: "refused", code, message: null };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
