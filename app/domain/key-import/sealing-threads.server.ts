import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { sealingKeys } from "~/domain/license/key-text.server";
import type { LinesToSeal, SealedLines } from "./seal-lines.server";

// Beside the program that runs: built, or as the source that Node reads by itself.
const program = new URL(
  import.meta.url.endsWith(".js") ? "./seal-lines.js" : "./seal-lines.server.ts",
  import.meta.url,
);

export const SEALING_THREADS = Math.max(2, availableParallelism());

const NOTHING: LinesToSeal = {
  shopId: "",
  importId: "",
  rows: {
    text: "",
    firstLine: 1,
    hasHeader: false,
    separator: ",",
    columns: { key: 0, pool: null, sku: null, activationLimit: null, expiresAt: null, note: null },
  },
  memory: new SharedArrayBuffer(0),
};

/** Threads that seal lines of files. They start with the first of them and end by themselves 10 s after the last. */
export const sealingThreads = new Piscina<LinesToSeal, SealedLines>({
  filename: program.href,
  minThreads: 0,
  maxThreads: SEALING_THREADS,
  idleTimeout: 10_000,
  workerData: sealingKeys(),
  // A piece needs a few megabytes: the less room, the sooner what is done with is given back.
  resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 },
});

// When its last thread dies, Piscina starts one for the piece that comes next, and none for those that wait already.
sealingThreads.on("workerDestroy", () => {
  setImmediate(() => {
    const areStranded = sealingThreads.threads.length === 0 && sealingThreads.queueSize > 0;
    if (areStranded) sealingThreads.run(NOTHING).catch(() => {}); // another death is another such event
  });
});
