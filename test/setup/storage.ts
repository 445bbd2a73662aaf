import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { startStorage } from "../../sandbox/storage/storage";
import { reservePort, type ReservedPort } from "./reserved-port";

/** What the app is told about its storage in tests. */
export const storageAccess = {
  bucket: "featherpost-test",
  region: "us-east-1",
  accessKeyId: "test-access-key",
  secretAccessKey: "test-secret-access-key",
};

type Faults = Parameters<typeof startStorage>[0]["faults"];

let reserved: ReservedPort | undefined;
let stop: () => Promise<void> = async () => {};

/** Holds the port of this test file's storage, which answers nobody until `startTestStorage`. */
export async function reserveStoragePort(): Promise<number> {
  reserved = await reservePort();
  return reserved.port;
}

/**
 * Starts the sandbox's object storage for this test file, where S3_ENDPOINT points; it stops after the file.
 *
 * @param faults  read at each request, so a test can let the storage fail for a while
 */
export async function startTestStorage(faults: Faults = () => ({})) {
  if (!reserved) throw new Error("The storage of this test file is running already, or has no port reserved");
  const { port, release } = reserved;
  reserved = undefined;
  await release();

  const sandbox = await import("../../sandbox/storage/storage");
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-storage-"));
  const storage = await sandbox.startStorage({ ...storageAccess, port, dir, faults });
  stop = async () => {
    await storage.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return storage;
}

export function stopTestStorage() {
  return stop();
}
