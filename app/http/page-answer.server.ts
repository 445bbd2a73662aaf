import { randomBytes } from "node:crypto";
import { storageOrigin } from "~/gateways/storage/storage-origin.server";

/** A page ready to be sent. */
export type PageAnswer = {
  /** The document; its style and script carry the nonce. */
  html: (nonce: string) => string;
  status: number;
  logoUrl: string | null;
  /** Whether a form on it may end at an address of the merchant's choice: an external link. */
  leadsAway: boolean;
};

/**
 * A page for customers: it may be kept, framed and indexed by nobody, tells nobody where its visitor came
 * from (its address is the secret), and runs nothing but its own few lines.
 */
export async function answerPage(
  { html, status, logoUrl, leadsAway }: PageAnswer,
  cookie: string | null = null,
): Promise<Response> {
  const nonce = randomBytes(16).toString("base64");
  const storage = await storageOrigin();
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${originOf(logoUrl) ?? "'none'"}`,
    `media-src 'self' ${storage}`,
    "connect-src 'self'",
    // Browsers hold what a form is redirected to against this, too.
    `form-action 'self' ${storage}${leadsAway ? " https: http:" : ""}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  const headers = new Headers({
    ...QUIET_HEADERS,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy.join("; "),
    "X-Frame-Options": "DENY",
  });
  if (cookie) headers.set("Set-Cookie", cookie);
  return new Response(html(nonce), { status, headers });
}

/** Does `work`; whatever breaks in it is logged and answered by the page that `broken` makes. */
export async function answerVisitor(work: () => Promise<Response>, broken: () => PageAnswer): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response) return error;
    console.error(error);
    return answerPage(broken());
  }
}

/** Sends the browser on by GET. */
export function seeOther(url: string): Response {
  return new Response(null, { status: 303, headers: { ...QUIET_HEADERS, Location: url } });
}

export const QUIET_HEADERS = {
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex, nofollow",
};

function originOf(url: string | null): string | null {
  return url && URL.canParse(url) && /^https?:/.test(url) ? new URL(url).origin : null;
}
