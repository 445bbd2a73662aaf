import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { discard, namesIn, readRecords, writeRecord, type ObjectRecord } from "./records.ts";

/** The first and the last byte wanted, both counted from 0 and both included. */
export type ByteRange = { first: number; last: number };

const readAheadBytes = 256 * 1024;

/**
 * The objects on disk.
 *
 *     objects/<first 2>/<sha256 of the key>.json   one record per key: the only thing that says what an object is
 *     blobs/<versionId>/<file>                     its bytes, in one file or one per part, never changed
 *     incoming/<id>                                bytes still arriving
 *
 * Keys are never part of a path. A record is replaced in one rename; bytes that no record names any more are
 * removed at once, or when their last reader is done, or at the next start.
 */
export class ObjectShelf {
  private readonly dir: string;
  private readonly objects = new Map<string, ObjectRecord>();
  private readonly readers = new Map<string, number>();
  private readonly replaced = new Set<string>();

  constructor(dir: string) {
    this.dir = dir;
  }

  async load() {
    for (const shard of await namesIn(join(this.dir, "objects"))) {
      const records = await readRecords<ObjectRecord>(join(this.dir, "objects", shard));
      for (const record of records) this.objects.set(record.key, record);
    }
    await discard(join(this.dir, "incoming"));
    await mkdir(join(this.dir, "incoming"), { recursive: true });
  }

  /** Removes the bytes of all versions that are neither an object's nor among `alsoWanted`. */
  async sweep(alsoWanted: Set<string>) {
    const wanted = new Set([...this.list()].map((record) => record.versionId));
    for (const versionId of await namesIn(join(this.dir, "blobs"))) {
      if (!wanted.has(versionId) && !alsoWanted.has(versionId)) await discard(this.blobPath(versionId));
    }
  }

  find(key: string): ObjectRecord | undefined {
    return this.objects.get(key);
  }

  list(): Iterable<ObjectRecord> {
    return this.objects.values();
  }

  /** A path for bytes still arriving. */
  incomingPath(): string {
    return join(this.dir, "incoming", randomUUID());
  }

  /** Moves arrived bytes to where a record may name them. */
  async keepBlob(incomingPath: string, versionId: string, file: string) {
    await mkdir(this.blobPath(versionId), { recursive: true });
    await rename(incomingPath, this.blobPath(versionId, file));
  }

  async discardBlob(versionId: string, file?: string) {
    await discard(this.blobPath(versionId, file));
  }

  /** Discards all bytes of a version but those in `files`. */
  async keepOnly(versionId: string, files: Set<string>) {
    for (const file of await namesIn(this.blobPath(versionId))) {
      if (!files.has(file)) await this.discardBlob(versionId, file);
    }
  }

  /** Makes `record` what its key holds, instead of what it held. */
  async put(record: ObjectRecord) {
    const previous = this.objects.get(record.key);
    await writeRecord(this.recordPath(record.key), record);
    this.objects.set(record.key, record);
    if (previous) await this.retire(previous.versionId);
  }

  /** Nothing happens when the key holds nothing. */
  async remove(key: string) {
    const record = this.objects.get(key);
    if (!record) return;
    await discard(this.recordPath(key));
    this.objects.delete(key);
    await this.retire(record.versionId);
  }

  /** Keeps the bytes of a record readable until `release`, whatever happens to its key. */
  retain(record: ObjectRecord): { release(): Promise<void> } {
    const { versionId } = record;
    this.readers.set(versionId, (this.readers.get(versionId) ?? 0) + 1);
    return {
      release: async () => {
        const left = (this.readers.get(versionId) ?? 1) - 1;
        if (left > 0) this.readers.set(versionId, left);
        else this.readers.delete(versionId);
        if (left === 0 && this.replaced.delete(versionId)) await this.discardBlob(versionId);
      },
    };
  }

  /** Streams a range of a record's bytes across its blobs. */
  async *read(record: ObjectRecord, range: ByteRange): AsyncGenerator<Buffer> {
    let blobStart = 0;
    for (const blob of record.blobs) {
      const start = Math.max(range.first - blobStart, 0);
      const end = Math.min(range.last - blobStart, blob.sizeBytes - 1);
      if (start <= end) {
        const path = this.blobPath(record.versionId, blob.file);
        yield* createReadStream(path, { start, end, highWaterMark: readAheadBytes }) as AsyncIterable<Buffer>;
      }
      blobStart += blob.sizeBytes;
    }
  }

  private async retire(versionId: string) {
    if (this.readers.has(versionId)) this.replaced.add(versionId);
    else await this.discardBlob(versionId);
  }

  private recordPath(key: string): string {
    const name = createHash("sha256").update(key).digest("hex");
    return join(this.dir, "objects", name.slice(0, 2), `${name}.json`);
  }

  private blobPath(versionId: string, file = ""): string {
    return join(this.dir, "blobs", versionId, file);
  }
}
