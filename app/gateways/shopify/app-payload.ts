import { z } from "zod";

const ScopesPayload = z.object({ current: z.array(z.string()) });

/** Reads the body of `app/scopes_update`. */
export function parseScopesPayload(body: unknown): { ok: true; current: string[] } | { ok: false; reason: string } {
  const parsed = ScopesPayload.safeParse(body);
  return parsed.success
    ? { ok: true, current: parsed.data.current }
    : { ok: false, reason: z.prettifyError(parsed.error) };
}
