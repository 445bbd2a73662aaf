import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { env } from "~/env.server";

const BODY_LIMIT_BYTES = 64 * 1024;

export type MailWebhook = { ok: true; rawBody: string } | { ok: false; status: number; code: string; message: string };

/**
 * The body of a bounce report whose sender knows MAIL_WEBHOOK_SECRET.
 *
 * It proves that by `Authorization: Bearer <secret>`, or by `X-Signature: sha256=<hex>`, the HMAC-SHA256 of
 * the raw body under it. Without the setting nobody can.
 */
export async function readMailWebhook(request: Request): Promise<MailWebhook> {
  if (request.method !== "POST") return refused(405, "method_not_allowed", "Bounce reports come by POST.");
  if (!env.MAIL_WEBHOOK_SECRET) {
    return refused(503, "not_configured", "Set MAIL_WEBHOOK_SECRET to take bounce reports.");
  }
  const body = await readUpTo(request, BODY_LIMIT_BYTES);
  if (!body) return refused(413, "too_large", "A bounce report has at most 64 KB.");
  if (!isProven(request.headers, body, env.MAIL_WEBHOOK_SECRET)) {
    return refused(401, "unauthorized", "The bearer token or the signature is missing or wrong.");
  }
  return { ok: true, rawBody: body.toString() };
}

function isProven(headers: Headers, body: Buffer, secret: string): boolean {
  const [scheme, token] = (headers.get("Authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer" && token) return isSame(token, secret);

  const signature = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(headers.get("X-Signature") ?? "")?.[1];
  return (
    signature !== undefined && isSame(signature.toLowerCase(), createHmac("sha256", secret).update(body).digest("hex"))
  );
}

/** Takes as long whatever differs. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** Null when there is more. */
async function readUpTo(request: Request, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) break;
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) return null;
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

function refused(status: number, code: string, message: string): MailWebhook {
  return { ok: false, status, code, message };
}
