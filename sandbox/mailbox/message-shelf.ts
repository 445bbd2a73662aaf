import { readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Message } from "./message.ts";

/** The messages on disk, one file each, written in full before it gets its name. */
export class MessageShelf {
  private readonly dir: string;
  /** Oldest first. */
  private messages: Message[] = [];
  private kept = 0;

  constructor(dir: string) {
    this.dir = dir;
  }

  async load() {
    const names = (await readdir(this.dir)).filter((name) => name.endsWith(".json")).sort();
    this.messages = await Promise.all(names.map((name) => readKept(join(this.dir, name))));
    this.kept = names.length;
  }

  async keep(message: Message) {
    // The time in the name keeps the order; the place in the line settles two of one millisecond.
    const place = String((this.kept += 1)).padStart(8, "0");
    const path = join(this.dir, `${message.receivedAt.replace(/\D/g, "")}-${place}-${message.id}`);
    await writeFile(`${path}.part`, JSON.stringify(message));
    await rename(`${path}.part`, `${path}.json`);
    this.messages.push(message);
  }

  /** Newest first. */
  list(to?: string): Message[] {
    const address = to?.trim().toLowerCase();
    const wanted = address
      ? this.messages.filter((message) => message.to.some((recipient) => recipient.toLowerCase() === address))
      : this.messages;
    return wanted.toReversed();
  }
}

async function readKept(path: string): Promise<Message> {
  const text = await readFile(path, "utf8");
  try {
    return JSON.parse(text) as Message;
  } catch (cause) {
    throw new Error(`The mailbox's message ${path} cannot be read. Remove it to start.`, { cause });
  }
}
