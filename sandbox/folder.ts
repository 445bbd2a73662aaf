import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { lockHolder, takeLock } from "./only-one.ts";

const prefix = "featherpost-sandbox-";
const lockName = "running";

/**
 * Opens the folder that holds everything the sandbox writes: `.sandbox/`, which one sandbox has at a time, or
 * a temporary one that goes with it.
 *
 * @throws Error with a sentence when another sandbox has it or it belongs to somebody else.
 */
export async function openFolder(root: string, ephemeral: boolean, opened: AsyncDisposableStack): Promise<string> {
  const dir = ephemeral ? await mkdtemp(path.join(tmpdir(), prefix)) : path.join(root, ".sandbox");
  if (ephemeral) {
    await removeOrphans(dir);
    // PostgreSQL, which root runs as somebody else, must be able to pass through.
    await chmod(dir, 0o711);
    opened.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
  }
  try {
    await mkdir(path.join(dir, "logs"), { recursive: true, mode: 0o711 });
    const lock = await takeLock(path.join(dir, lockName));
    if ("heldBy" in lock) {
      throw new Error(
        `A sandbox is running here already (process ${lock.heldBy}). End it first, or start another one with --ephemeral --port 0.`,
      );
    }
    opened.defer(lock.release);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") throw error;
    throw new Error(`${dir} belongs to another user: run the sandbox as that user, or remove the folder.`, {
      cause: error,
    });
  }
  return dir;
}

/** Removes the temporary folders of sandboxes that were killed and could not do it. */
async function removeOrphans(own: string) {
  const all = await readdir(tmpdir());
  const others = all.filter((name) => name.startsWith(prefix)).map((name) => path.join(tmpdir(), name));
  for (const dir of others.filter((dir) => dir !== own)) {
    // One without a lock may be starting right now.
    if (existsSync(path.join(dir, lockName)) && !(await lockHolder(path.join(dir, lockName)))) {
      await rm(dir, { recursive: true, force: true }).catch(() => {});
    }
  }
}
