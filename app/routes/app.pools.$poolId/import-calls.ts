import type { KeyFileChoice } from "~/domain/key-import/key-file-choice";
import type { KeyFilePreview } from "~/domain/key-import/preview-keys";
import type { ShownImport } from "~/domain/key-import/shown-import";
import { authorization, CallFailed, messageOf } from "~/ui/uploads/upload-calls";

/** An import as it comes over the wire. */
export type Import = Omit<ShownImport, "createdAt"> & { createdAt: string };

const pathOf = (importId: string) => `/app/imports/${importId}`;

/** Begins an import and sends its file to storage. @throws CallFailed */
export async function sendFile(
  poolId: string,
  file: File,
  tell: { begun: (importId: string) => void; sent: (bytes: number) => void },
  signal: AbortSignal,
): Promise<string> {
  const described = { fileName: file.name, sizeBytes: file.size };
  const { importId, url } = await call<{ importId: string; url: string }>(
    "POST",
    `/app/pools/${poolId}/imports`,
    described,
  );
  tell.begun(importId);
  await putFile(url, file, tell.sent, signal);
  return importId;
}

/** XMLHttpRequest, since fetch does not tell how much it has sent. */
function putFile(url: string, file: File, sent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (message: string) => () => reject(new CallFailed(request.status, message));
    request.open("PUT", url);
    request.upload.onprogress = ({ loaded }) => sent(loaded);
    request.onload = () => (request.status === 200 ? resolve() : fail("Storage did not take the file. Try again.")());
    request.onerror = fail("The connection to storage broke off. Try again.");
    request.onabort = fail("Cancelled.");
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** @throws CallFailed */
export function findImport(importId: string) {
  return call<Import>("GET", pathOf(importId));
}

/** @throws CallFailed */
export function previewImport(importId: string, hasHeader?: boolean) {
  const query = hasHeader === undefined ? "" : `?header=${hasHeader ? "yes" : "no"}`;
  return call<KeyFilePreview>("GET", `${pathOf(importId)}/preview${query}`);
}

/** @throws CallFailed */
export function checkImport(importId: string, choice: KeyFileChoice) {
  return call("POST", pathOf(importId), { intent: "check", choice });
}

/** @throws CallFailed */
export function addImport(importId: string) {
  return call("POST", pathOf(importId), { intent: "add" });
}

/** @throws CallFailed */
export function cancelImport(importId: string) {
  return call("POST", pathOf(importId), { intent: "cancel" });
}

/** A link to the full report. @throws CallFailed */
export async function signReport(importId: string): Promise<string> {
  return (await call<{ url: string }>("GET", `${pathOf(importId)}/report`)).url;
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { ...(await authorization()), "Content-Type": "application/json" };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
  if (!response) throw new CallFailed(0, "The app cannot be reached.");

  const text = await response.text();
  if (!response.ok) throw new CallFailed(response.status, messageOf(text) ?? `The app answered ${response.status}.`);
  return JSON.parse(text) as Answer;
}
