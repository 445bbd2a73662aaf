import { browserOf } from "./browser";
import { callApp, isRecord, type Answer } from "./call-app";
import type { OrderProof } from "./deliveries";
import type { Host } from "./host";

/** `url` is signed and lives `expiresInSeconds`; of downloads so many are left then, null where nobody counts. */
export type StartedDownload = { url: string; expiresInSeconds: number; downloadsLeft: number | null };

/** Counts one download and answers where the file is. */
export async function startDownload(host: Host, grantId: string, proof: OrderProof): Promise<Answer<StartedDownload>> {
  const browser = await browserOf(host);
  return callApp(host, { method: "POST", path: "/customer/downloads", body: { grantId, ...proof, browser }, read });
}

function read(answer: unknown): StartedDownload | null {
  if (!isRecord(answer) || typeof answer.url !== "string" || !/^https?:\/\//.test(answer.url)) return null;
  const { url, expiresInSeconds, downloadsLeft } = answer;
  return {
    url,
    expiresInSeconds: typeof expiresInSeconds === "number" ? expiresInSeconds : 60,
    downloadsLeft: typeof downloadsLeft === "number" ? downloadsLeft : null,
  };
}
