import {
  MaxPartSizeExceededError,
  unstable_createMemoryUploadHandler as createMemoryUploadHandler,
  unstable_parseMultipartFormData as parseMultipartFormData,
} from "@remix-run/node";

/** A little more than the file: the other fields and the boundaries between them. */
const OVERHEAD_BYTES = 64 * 1024;

export type Upload =
  | { kind: "read"; fileName: string; body: AsyncIterable<Uint8Array>; fields: Record<string, string> }
  | { kind: "refused"; reason: "too_large" | "no_file" };

/**
 * Reads a form with one small file, named `file`, into memory.
 *
 * @param maxBytes  of the file; a larger one is refused before, or as soon as, more than that was read
 */
export async function readUpload(request: Request, maxBytes: number): Promise<Upload> {
  const announcedBytes = Number(request.headers.get("content-length"));
  if (announcedBytes > maxBytes + OVERHEAD_BYTES) return { kind: "refused", reason: "too_large" };

  const form = await parseMultipartFormData(request, createMemoryUploadHandler({ maxPartSize: maxBytes })).catch(
    (error: unknown) => {
      if (error instanceof MaxPartSizeExceededError) return null;
      throw error;
    },
  );
  if (!form) return { kind: "refused", reason: "too_large" };

  const file = form.get("file");
  if (!(file instanceof File)) return { kind: "refused", reason: "no_file" };
  const fields = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { kind: "read", fileName: file.name, body: chunksOf(file), fields: Object.fromEntries(fields) };
}

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
