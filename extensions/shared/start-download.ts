import { callApp, isRecord, type Answer } from "./call-app";
import type { OrderProof } from "./deliveries";
import type { Host } from "./host";

/** `url` is signed and lives `expiresInSeconds`. */
export type StartedDownload = { url: string; expiresInSeconds: number };

/** Counts one download and answers where the file is. */
export function startDownload(host: Host, grantId: string, proof: OrderProof): Promise<Answer<StartedDownload>> {
  return callApp(host, { method: "POST", path: "/customer/downloads", body: { grantId, ...proof }, read });
}

function read(answer: unknown): StartedDownload | null {
  if (!isRecord(answer) || typeof answer.url !== "string" || !/^https?:\/\//.test(answer.url)) return null;
  const { url, expiresInSeconds } = answer;
  return { url, expiresInSeconds: typeof expiresInSeconds === "number" ? expiresInSeconds : 60 };
}
