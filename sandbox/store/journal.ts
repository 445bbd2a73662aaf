import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";

const flushAfterMs = 100;

/**
 * Rows that survive a kill: each change appends one line of JSON, the last line of a key counts.
 *
 * What was put more than a moment ago (100 ms and the time of one write) is on the disk. The file
 * is written anew, in one step, at every opening: a torn last line and old versions end there.
 */
export class Journal {
  readonly #path: string;
  readonly #rows = new Map<string, { kind: string; key: string; value: unknown }>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.#path = join(dir, "store.jsonl");
    if (!existsSync(this.#path)) return;

    for (const line of readFileSync(this.#path, "utf8").split("\n")) {
      const row = parseRow(line);
      if (!row) continue;
      const name = nameOf(row.kind, row.key);
      if (row.value === null) this.#rows.delete(name);
      else this.#rows.set(name, row);
    }
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, [...this.#rows.values()].map((row) => `${JSON.stringify(row)}\n`).join(""));
    renameSync(fresh, this.#path);
  }

  /** Everything of one kind, in the order in which it was first put. */
  list<Value>(kind: string): Value[] {
    return [...this.#rows.values()].filter((row) => row.kind === kind).map((row) => row.value as Value);
  }

  /** Remembers `value`, or that it changed: it is read when written, not now. */
  put(kind: string, key: string, value: object) {
    this.#rows.set(nameOf(kind, key), { kind, key, value });
    this.#mark(nameOf(kind, key));
  }

  remove(kind: string, key: string) {
    const name = nameOf(kind, key);
    if (!this.#rows.has(name)) return;
    this.#rows.set(name, { kind, key, value: null });
    this.#mark(name);
  }

  /** Writes what is left. */
  async close() {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flush();
    await this.#writing;
  }

  #mark(name: string) {
    this.#changed.add(name);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, flushAfterMs);
  }

  #flush() {
    const lines: string[] = [];
    for (const name of this.#changed) {
      const row = this.#rows.get(name);
      if (!row) continue;
      lines.push(`${JSON.stringify(row)}\n`);
      if (row.value === null) this.#rows.delete(name);
    }
    this.#changed.clear();
    if (lines.length > 0) this.#writing = this.#writing.then(() => appendFile(this.#path, lines.join("")));
  }
}

function nameOf(kind: string, key: string) {
  return `${kind} ${key}`;
}

function parseRow(line: string): { kind: string; key: string; value: unknown } | null {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row !== "object" || row === null || !("kind" in row) || !("key" in row) || !("value" in row))
      return null;
    return { kind: String(row.kind), key: String(row.key), value: row.value };
  } catch {
    return null;
  }
}
