import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { startMailbox } from "../../sandbox/mailbox/mailbox";
import { reservePort, type ReservedPort } from "./reserved-port";

type Faults = Parameters<typeof startMailbox>[0]["faults"];

let reserved: ReservedPort | undefined;
let stop: () => Promise<void> = async () => {};

/** Holds the port of this test file's mailbox, which takes no mail until `startTestMailbox`. */
export async function reserveMailboxPort(): Promise<number> {
  reserved = await reservePort();
  return reserved.port;
}

/**
 * Starts the sandbox's mailbox for this test file, where SMTP_URL points; it stops after the file.
 *
 * @param faults  read for each message, so a test can let it refuse for a while
 */
export async function startTestMailbox(faults: Faults = () => ({})) {
  if (!reserved) throw new Error("The mailbox of this test file is running already, or has no port reserved");
  const { port, release } = reserved;
  reserved = undefined;
  await release();

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
