import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { commandOf } from "./command-of.ts";

/**
 * Takes a lock file, which counts as free when the process that wrote it is gone.
 *
 * @returns how to give it back; the pid of its holder when it is taken.
 */
export async function takeLock(file: string): Promise<{ release: () => Promise<void> } | { heldBy: number }> {
  for (;;) {
    try {
      await writeFile(file, `${process.pid}\n`, { flag: "wx" });
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    // Between its making and its writing the file is empty for a moment.
    if (!holder) await wait(100);
    else if (commandOf(holder).includes("node")) return { heldBy: holder };
    else await rm(file, { force: true });
  }
}
