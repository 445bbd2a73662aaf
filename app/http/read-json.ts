import { z } from "zod";

/** Reads a JSON body through a schema: typed fields, or one sentence on what is wrong. */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<{ ok: true; fields: z.infer<Schema> } | { ok: false; message: string }> {
  const body: unknown = await request.json().catch(() => undefined);
  if (body === undefined) return { ok: false, message: "The body must be JSON." };

  const parsed = schema.safeParse(body);
  return parsed.success ? { ok: true, fields: parsed.data } : { ok: false, message: z.prettifyError(parsed.error) };
}
