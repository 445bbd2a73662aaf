import { setTimeout as wait } from "node:timers/promises";
import { countStale, resealBatch } from "./reseal-batch.server";
import { sealedColumns, type SealedColumn } from "./sealed-columns.server";

const PAUSE_MS = 1_000;

export type RotateKeysInput = {
  /** Told of each batch: how many texts are done so far. */
  onProgress: (resealed: number) => void;
  /** Told that rows or pools are held by somebody, and that it tries again. */
  onBusy: (busy: number) => void;
  /** Asked between batches. */
  isStopped: () => boolean;
};

export type LeftOver = { name: [string, string]; count: number };
export type RotateKeysResult = { resealed: number; unreadable: number; left: LeftOver[] };

/**
 * Seals every stored text anew under the first of KEY_ENCRYPTION_KEYS, while the app runs.
 *
 * Each batch stands by itself, and what is left is told by the texts themselves: stopped or killed, the next run goes
 * on. Nothing but the ciphertexts changes; a key is found by the same hash as before.
 */
export async function rotateKeys({ onProgress, onBusy, isStopped }: RotateKeysInput): Promise<RotateKeysResult> {
  let resealed = 0;
  let unreadable = 0;
  for (const sealed of sealedColumns) {
    for (;;) {
      const walked = await walk(sealed, isStopped, (count) => onProgress((resealed += count)));
      unreadable += walked.busy === 0 ? walked.unreadable : 0;
      if (walked.busy === 0 || isStopped()) break;
      onBusy(walked.busy);
      await wait(PAUSE_MS);
    }
  }
  return { resealed, unreadable, left: await listStale() };
}

/** What is under another key than the first, in the order in which it is taken up. */
export async function listStale(): Promise<LeftOver[]> {
  const counts = await Promise.all(sealedColumns.map(countStale));
  return sealedColumns.flatMap(({ name }, index) => {
    const count = counts[index] ?? 0;
    return count > 0 ? [{ name, count }] : [];
  });
}

async function walk(sealed: SealedColumn, isStopped: () => boolean, onResealed: (count: number) => void) {
  const total = { busy: 0, unreadable: 0 };
  let after = sealed.start;
  while (!isStopped()) {
    const batch = await resealBatch(sealed, after);
    if (!batch) break;
    onResealed(batch.resealed);
    total.busy += batch.busy;
    total.unreadable += batch.unreadable;
    after = batch.last;
  }
  return total;
}
