// A program of its own too: the thread that piscina starts (see sealing-threads.server.ts) loads this file, and Node runs it
// as it stands. So imports name their files in full, and nothing here reads a setting.
import { workerData } from "node:worker_threads";
import { move } from "piscina";
import { v7 as uuidV7 } from "uuid";
import { keyEnd } from "../license/key-end.ts";
import { seal, sealedHash, type SealingKeys } from "../license/key-seal.server.ts";
import type { KeyLine } from "./key-file.ts";
import { StagedRowWriter } from "./staged-rows.ts";

export type LinesToSeal = { shopId: string; importId: string; lines: KeyLine[] };

/** Lines of a file as rows for the table of staged keys, in PostgreSQL's binary COPY format. */
export function sealLines(keys: SealingKeys, { shopId, importId, lines }: LinesToSeal): Uint8Array<ArrayBuffer> {
  const rows = new StagedRowWriter(importId);
  for (const entry of lines) {
    const id = uuidV7(undefined, new Uint8Array(16));
    if ("reason" in entry) {
      const { line, reason, end } = entry;
      rows.add({ ...nothing, line, id, reason, keyEnd: end });
      continue;
    }
    const { line, text, target = null, activationLimit = null, expiresAt = null, note = null } = entry;
    rows.add({
      line,
      id,
      reason: null,
      keyEnd: keyEnd(text),
      keyHash: sealedHash(keys, shopId, text),
      ciphertext: seal(keys, shopId, text),
      target,
      activationLimit,
      expiresAt,
      note,
    });
  }
  return rows.take();
}

const nothing = {
  keyHash: null,
  ciphertext: null,
  target: null,
  activationLimit: null,
  expiresAt: null,
  note: null,
};

/** What the thread is asked: the keys came with it. */
export default function sealInThread(lines: LinesToSeal) {
  return move(sealLines(workerData as SealingKeys, lines));
}
