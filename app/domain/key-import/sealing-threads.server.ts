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
