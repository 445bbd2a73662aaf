import { z } from "zod";

export type FormErrors = Record<string, string[] | undefined>;

/** Reads a submitted form through a schema: typed fields, or what is wrong with each. */
export async function readForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<{ ok: true; fields: z.infer<Schema> } | { ok: false; errors: FormErrors }> {
  const parsed = schema.safeParse(await formFields(request));
  return parsed.success
    ? { ok: true, fields: parsed.data }
    : { ok: false, errors: z.flattenError(parsed.error).fieldErrors };
}

/** What a form says; nothing when the body is no form. */
export async function formFields(request: Request): Promise<Record<string, FormDataEntryValue>> {
  return Object.fromEntries(await request.formData().catch(() => new FormData()));
}
