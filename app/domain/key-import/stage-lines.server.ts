import { once } from "node:events";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { sealingKeys } from "~/domain/license/key-text.server";
import type { KeyFileRows } from "./read-rows";
import { sealLines } from "./seal-lines.server";
import { SEALING_THREADS, sealingThreads } from "./sealing-threads.server";
import { copyHeader, copyTrailer, PIECE_BYTES, stagedColumns } from "./staged-rows";

// Less is sealed sooner than a thread starts.
const FEW_CHARACTERS = 20_000;
// What waits beyond those that are being sealed holds memory and saves no time.
const PIECES_AT_ONCE = SEALING_THREADS + 1;

export type StageLinesInput = {
  shopId: string;
  importId: string;
  rows: AsyncIterable<KeyFileRows>;
  /** Told after each piece how many lines are staged; throws to stop. */
  onStaged: (lines: number) => Promise<void>;
};

/**
 * Seals lines in threads and stages them, in pieces that are each stored by themselves.
 *
 * @returns how many lines
 */
export async function stageLines(client: Client, input: StageLinesInput): Promise<number> {
  const { rows, onStaged } = input;
  // Used again and again: what a thread hands over is given back only when somebody looks for garbage.
  const memories: SharedArrayBuffer[] = [];
  const underWay = new Set<Promise<unknown>>();
  let staged = 0;
  let stored = Promise.resolve();
  let hasFailed = false;

  try {
    for await (const piece of rows) {
      const memory = memories.pop() ?? new SharedArrayBuffer(PIECE_BYTES);
      const sealed = sealedLines(input, piece, memory);
      stored = Promise.all([sealed, stored]).then(async ([{ lines, bytes }]) => {
        await copyRows(client, Buffer.from(memory, 0, bytes));
        memories.push(memory);
        staged += lines;
        await onStaged(staged);
      });
      const under = stored.catch(() => (hasFailed = true)).finally(() => underWay.delete(under));
      underWay.add(under);
      if (underWay.size >= PIECES_AT_ONCE) await Promise.race(underWay);
      if (hasFailed) break;
    }
  } finally {
    await Promise.all(underWay); // nothing is staged after this
  }
  await stored;
  return staged;
}

async function sealedLines({ shopId, importId }: StageLinesInput, rows: KeyFileRows, memory: SharedArrayBuffer) {
  const toSeal = { shopId, importId, rows, memory };
  return rows.text.length <= FEW_CHARACTERS ? sealLines(sealingKeys(), toSeal) : sealingThreads.run(toSeal);
}

async function copyRows(client: Client, rows: Uint8Array) {
  const copying = client.query(copyFrom(`COPY "StagedKey" (${stagedColumns}) FROM STDIN (FORMAT binary)`));
  copying.write(copyHeader);
  copying.write(rows);
  copying.end(copyTrailer);
  // Only then the connection takes its next query.
  await Promise.all([once(copying, "finish"), once(client, "drain")]);
}
