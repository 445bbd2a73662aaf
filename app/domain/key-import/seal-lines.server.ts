// A program of its own too: the thread that piscina starts (see sealing-threads.server.ts) loads this file, and Node runs it
// as it stands. So imports name their files in full, and nothing here reads a setting.
import { workerData } from "node:worker_threads";
import { v7 as uuidV7 } from "uuid";
import { keyEnd } from "../license/key-end.ts";
import { seal, sealedHash, type SealingKeys } from "../license/key-seal.server.ts";
import { readRows, type KeyFileRows } from "./read-rows.ts";
import { StagedRowWriter } from "./staged-rows.ts";

/** `memory`: where the sealed lines are to be written. */
export type LinesToSeal = { shopId: string; importId: string; rows: KeyFileRows; memory: SharedArrayBuffer };

export type SealedLines = { lines: number; bytes: number };

/** Writes lines of a file as rows for the table of staged keys, in PostgreSQL's binary COPY format. */
export function sealLines(keys: SealingKeys, { shopId, importId, rows, memory }: LinesToSeal): SealedLines {
  const staged = new StagedRowWriter(importId, memory);
  let lines = 0;
  for (const entry of readRows(rows)) {
    lines += 1;
    const id = uuidV7(undefined, new Uint8Array(16));
    if ("reason" in entry) {
      const { line, reason, end } = entry;
      staged.add({ ...nothing, line, id, reason, keyEnd: end });
      continue;
    }
    const { line, text, target = null, activationLimit = null, expiresAt = null, note = null } = entry;
    staged.add({
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
  return { lines, bytes: staged.bytes };
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
export default function sealInThread(toSeal: LinesToSeal) {
  return sealLines(workerData as SealingKeys, toSeal);
}
