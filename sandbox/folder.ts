import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { takeLock } from "./only-one.ts";

/**
 * Opens the folder that holds everything the sandbox writes: `.sandbox/`, which one sandbox has at a time, or
 * a temporary one that goes with it.
 *
 * @throws Error with a sentence when another sandbox has it or it belongs to somebody else.
 */
export async function openFolder(root: string, ephemeral: boolean, opened: AsyncDisposableStack): Promise<string> {
  const dir = ephemeral ? await mkdtemp(path.join(tmpdir(), "featherpost-sandbox-")) : path.join(root, ".sandbox");
  if (ephemeral) {
    // PostgreSQL, which root runs as somebody else, must be able to pass through.
    await chmod(dir, 0o711);
    opened.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
  }
  try {
    await mkdir(path.join(dir, "logs"), { recursive: true, mode: 0o711 });
    const lock = await takeLock(path.join(dir, "running"));
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
