import { json } from "@remix-run/node";

/** A refusal to a program: its stable code and a sentence for the person it works for. */
export function jsonError(status: number, code: string, message: string) {
  return json({ error: { code, message } }, { status, headers: { "Cache-Control": "no-store" } });
}
