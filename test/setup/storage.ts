import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { startStorage } from "../../sandbox/storage/storage";

/** What the app is told about its storage in tests. */
export const storageAccess = {
  bucket: "featherpost-test",
  region: "us-east-1",
  accessKeyId: "test-access-key",
  secretAccessKey: "test-secret-access-key",
};

type Faults = Parameters<typeof startStorage>[0]["faults"];

let reserved: { server: Server; port: number } | undefined;
let stop: () => Promise<void> = async () => {};

/** Holds the port of this test file's storage, which answers nobody until `startTestStorage`. */
export async function reserveStoragePort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The reserved port has no number");
  reserved = { server, port: address.port };
  return address.port;
}

/**
 * Starts the sandbox's object storage for this test file, where S3_ENDPOINT points; it stops after the file.
 *
 * @param faults  read at each request, so a test can let the storage fail for a while
 */
export async function startTestStorage(faults: Faults = () => ({})) {
  if (!reserved) throw new Error("The storage of this test file is running already, or has no port reserved");
  const { server, port } = reserved;
  reserved = undefined;
  await new Promise((resolve) => server.close(resolve));

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
