import { mkdir } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { MessageShelf } from "./message-shelf.ts";
import { readMessage, type Message } from "./message.ts";
import { refusalFor, replyWith, type MailFaults } from "./refusal.ts";

/** `messages` are newest first; `to` narrows them to one recipient, in upper or lower case. */
export type Mailbox = { port: number; messages(to?: string): Message[]; stop(): Promise<void> };

const maxMessageBytes = 25 * 1024 ** 2;

/**
 * A mail server on 127.0.0.1 that takes mail for anyone from anyone, without sign-in or TLS, and delivers none of it.
 *
 * A message it has accepted is kept under `dir`, also over a restart; one over 25 MB is refused.
 *
 * @param options.port    0 for a free one
 * @param options.faults  read for every recipient and every message
 * @throws when the port is taken or `dir` holds a message that cannot be read
 */
export async function startMailbox(options: { port: number; dir: string; faults: () => MailFaults }): Promise<Mailbox> {
  await mkdir(options.dir, { recursive: true });
  const shelf = new MessageShelf(options.dir);
  await shelf.load();

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: maxMessageBytes,
    closeTimeout: 1,
    onRcptTo: (_address, _session, callback) => callback(refusalFor(options.faults())),
    onData: (stream, session, callback) => {
      receive(stream, session).then(() => callback(null), callback);
    },
  });
  // A sender that hangs up in the middle is its own affair; without a listener it would end the process.
  server.on("error", () => undefined);

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession) {
    const raw = await readUpTo(stream, maxMessageBytes);
    if (!raw || stream.sizeExceeded) throw replyWith(552, `The message is over ${maxMessageBytes} bytes`);
    const refusal = refusalFor(options.faults());
    if (refusal) throw refusal;
    await shelf.keep(await readMessage(raw, session.envelope, new Date()));
  }

  const listener = server.listen(options.port, "127.0.0.1");
  await once(listener, "listening");

  return {
    port: (listener.address() as AddressInfo).port,
    messages: (to) => shelf.list(to),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Reads a stream to its end; null when there was more than `maxBytes`. */
async function readUpTo(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    sizeBytes += chunk.length;
    if (sizeBytes <= maxBytes) chunks.push(chunk);
  }
  return sizeBytes <= maxBytes ? Buffer.concat(chunks) : null;
}
