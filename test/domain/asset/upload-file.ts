import { createHash } from "node:crypto";
import { createUpload, type CreateUploadInput } from "~/domain/asset/create-upload.server";
import { signPart } from "~/domain/asset/sign-part.server";

export const now = new Date("2026-01-15T12:00:00Z");

export const md5Of = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("base64");
export const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Begins an upload that is expected to be accepted. */
export async function begin(input: Partial<CreateUploadInput> & { shopId: string }) {
  const result = await createUpload({
    fileName: "guide.pdf",
    contentType: "application/pdf",
    sizeBytes: 5,
    ...input,
  });
  if (result.kind === "refused") throw new Error(`The upload was refused: ${result.reason}`);
  return result;
}

/** Puts one part as a browser does: signed for `bytes`, sent with `sent`. Answers the HTTP status. */
export async function putPart(
  input: { shopId: string; versionId: string; partNumber: number },
  bytes: Uint8Array<ArrayBuffer>,
  sent = bytes,
) {
  const signed = await signPart({ ...input, md5: md5Of(bytes) });
  if (signed.kind === "refused") throw new Error(`The part was refused: ${signed.reason}`);
  const response = await fetch(signed.url, {
    method: "PUT",
    headers: signed.headers,
    body: sent,
  });
  await response.arrayBuffer();
  return response.status;
}
