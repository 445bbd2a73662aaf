import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { startMailbox } from "../../sandbox/mailbox/mailbox";

type Faults = Parameters<typeof startMailbox>[0]["faults"];

let reserved: { server: Server; port: number } | undefined;
let stop: () => Promise<void> = async () => {};

/** Holds the port of this test file's mailbox, which takes no mail until `startTestMailbox`. */
export async function reserveMailboxPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The reserved port has no number");
  reserved = { server, port: address.port };
  return address.port;
}

/**
 * Starts the sandbox's mailbox for this test file, where SMTP_URL points; it stops after the file.
 *
 * @param faults  read for each message, so a test can let it refuse for a while
 */
export async function startTestMailbox(faults: Faults = () => ({})) {
  if (!reserved) throw new Error("The mailbox of this test file is running already, or has no port reserved");
  const { server, port } = reserved;
  reserved = undefined;
  await new Promise((resolve) => server.close(resolve));

  const sandbox = await import("../../sandbox/mailbox/mailbox");
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-mailbox-"));
  const mailbox = await sandbox.startMailbox({ port, dir, faults });
  stop = async () => {
    await mailbox.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return mailbox;
}

export function stopTestMailbox() {
  return stop();
}
