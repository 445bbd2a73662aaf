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
    const heldBy = await lockHolder(file);
    if (heldBy) return { heldBy };
    // Between its making and its writing the file is empty for a moment.
    await wait(100);
    if (!(await lockHolder(file))) await rm(file, { force: true });
  }
}

/** @returns the pid of the process that has the lock; null when none has it (any more) */
export async function lockHolder(file: string): Promise<number | null> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  return pid && commandOf(pid).includes("node") ? pid : null;
}
