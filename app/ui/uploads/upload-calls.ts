/** The app refused a call, or could not be reached (`status` 0). */
export class CallFailed extends Error {
  override name = "CallFailed";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Proves who calls: Shopify's session token, which lives a minute and is asked for anew each time. @throws CallFailed */
export async function authorization(): Promise<Record<string, string>> {
  const token = await shopify.idToken().catch(() => null);
  if (!token) throw new CallFailed(0, "Shopify cannot be reached.");
  return { Authorization: `Bearer ${token}` };
}

export function uploadPath(versionId: string): string {
  return `/app/uploads/${encodeURIComponent(versionId)}`;
}

/** Begins an upload on the server. @throws CallFailed */
export function callCreate(file: File, assetId: string | null) {
  const { name: fileName, type: contentType, size: sizeBytes, lastModified } = file;
  const body = { fileName, contentType, sizeBytes, lastModified, assetId: assetId ?? undefined };
  return call<{ assetId: string; versionId: string }>("POST", "/app/uploads", body);
}

/** A URL, and headers to send with it, to put one part at. @throws CallFailed */
export function callSignPart(versionId: string, part: { partNumber: number; md5: string }) {
  return call<{ url: string; headers: Record<string, string> }>("POST", `${uploadPath(versionId)}/parts`, part);
}

/** Ends an upload on the server; one that is gone already is as good. @throws CallFailed */
export async function callCancel(versionId: string) {
  try {
    await call("DELETE", uploadPath(versionId));
  } catch (error) {
    if (!(error instanceof CallFailed && error.status === 404)) throw error;
  }
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { ...(await authorization()), "Content-Type": "application/json" };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
  if (!response) throw new CallFailed(0, "The app cannot be reached.");

  const text = await response.text();
  if (!response.ok) throw new CallFailed(response.status, messageOf(text) ?? `The app answered ${response.status}.`);
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** The sentence of a JSON refusal `{error:{code,message}}`; null for any other text. */
export function messageOf(text: string): string | null {
  try {
    const body = JSON.parse(text) as { error?: { message?: unknown } } | null;
    const message = body?.error?.message;
    return typeof message === "string" ? message : null;
  } catch {
    return null;
  }
}
