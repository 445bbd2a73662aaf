import { callerOf } from "./caller";

const COOKIE = "browser";
const COOKIE_SECONDS = 86_400;

/**
 * What tells this browser from others: its cookie, or else its address and what it calls itself.
 *
 * Only the page's GET sets the cookie. Set with a download, two first clicks would come from two browsers.
 */
export function browserOf(request: Request): string {
  const cookie = cookieOf(request);
  if (cookie) return `cookie ${cookie}`;

  const { ip, userAgent } = callerOf(request);
  return `caller ${ip} ${userAgent}`;
}

/** The Set-Cookie that makes a browser known for a day; null when it is. */
export function browserCookie(request: Request, appUrl: string): string | null {
  if (cookieOf(request)) return null;

  const secure = appUrl.startsWith("https:") ? "; Secure" : "";
  return `${COOKIE}=${crypto.randomUUID()}; Path=/d/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

function cookieOf(request: Request): string | null {
  const match = /(?:^|;\s*)browser=([0-9a-f-]{36})(?:;|$)/.exec(request.headers.get("Cookie") ?? "");
  return match?.[1] ?? null;
}
