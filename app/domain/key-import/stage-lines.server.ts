import { once } from "node:events";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { sealingKeys } from "~/domain/license/key-text.server";
import type { KeyLine } from "./key-file";
import { sealLines } from "./seal-lines.server";
import { SEALING_THREADS, sealingThreads } from "./sealing-threads.server";
import { copyHeader, copyTrailer, stagedColumns } from "./staged-rows";

// Fewer lines are sealed sooner than a thread starts.
const FEW_LINES = 1_000;
// What waits beyond those that are being sealed holds memory and saves no time.
const BATCHES_AT_ONCE = SEALING_THREADS + 1;

export type StageLinesInput = {
  shopId: string;
  importId: string;
  batches: AsyncIterable<KeyLine[]>;
  /** Told after each batch how many lines are staged; throws to stop. */
  onStaged: (lines: number) => Promise<void>;
};

/**
 * Seals lines in threads and stages them, in batches that are each stored by themselves.
 *
 * @returns how many lines
 */
export async function stageLines(client: Client, input: StageLinesInput): Promise<number> {
  const { batches, onStaged } = input;
  const underWay = new Set<Promise<unknown>>();
  let staged = 0;
  let stored = Promise.resolve();
  let hasFailed = false;

  try {
    for await (const lines of batches) {
      const sealed = sealedRows(input, lines);
      stored = Promise.all([sealed, stored]).then(async ([rows]) => {
        await copyRows(client, rows);
        staged += lines.length;
        await onStaged(staged);
      });
      const batch = stored.catch(() => (hasFailed = true)).finally(() => underWay.delete(batch));
      underWay.add(batch);
      if (underWay.size >= BATCHES_AT_ONCE) await Promise.race(underWay);
      if (hasFailed) break;
    }
  } finally {
    await Promise.all(underWay); // nothing is staged after this
  }
  await stored;
  return staged;
}

async function sealedRows({ shopId, importId }: StageLinesInput, lines: KeyLine[]): Promise<Uint8Array> {
  const toSeal = { shopId, importId, lines };
  return lines.length <= FEW_LINES ? sealLines(sealingKeys(), toSeal) : sealingThreads.run(toSeal);
}

async function copyRows(client: Client, rows: Uint8Array) {
  const copying = client.query(copyFrom(`COPY "StagedKey" (${stagedColumns}) FROM STDIN (FORMAT binary)`));
  copying.write(copyHeader);
  copying.write(rows);
  copying.end(copyTrailer);
  // Only then the connection takes its next query.
  await Promise.all([once(copying, "finish"), once(client, "drain")]);
}
