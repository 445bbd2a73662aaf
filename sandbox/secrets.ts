import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

export type Secrets = {
  apiKey: string;
  apiSecret: string;
  storageKeyId: string;
  storageSecret: string;
  /** 32 bytes, base64. */
  encryptionKey: string;
};

/** What Shopify, the storage and the operator of a real installation would hand out: made once per folder. */
export async function readSecrets(dir: string): Promise<Secrets> {
  const file = path.join(dir, "secrets.json");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) return JSON.parse(text) as Secrets;

  const secrets = {
    apiKey: randomBytes(16).toString("hex"),
    apiSecret: `shpss_${randomBytes(16).toString("hex")}`,
    storageKeyId: `SANDBOX${randomBytes(6).toString("hex").toUpperCase()}`,
    storageSecret: randomBytes(30).toString("base64"),
    encryptionKey: randomBytes(32).toString("base64"),
  };
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
