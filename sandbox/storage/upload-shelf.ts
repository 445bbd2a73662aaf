import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { ObjectShelf } from "./object-shelf.ts";
import {
  discard,
  namesIn,
  readRecords,
  writeRecord,
  type ObjectRecord,
  type PartRecord,
  type UploadRecord,
} from "./records.ts";

export type Upload = { record: UploadRecord; parts: Map<number, PartRecord> };

/**
 * The multipart uploads under way.
 *
 *     uploads/<uploadId>/upload.json          says that the upload is under way
 *     uploads/<uploadId>/part-<number>.json   one per part
 *
 * The bytes of the parts lie in `blobs/<uploadId>/` and stay there: completing makes the upload's id the
 * object's version and copies nothing.
 */
export class UploadShelf {
  private readonly dir: string;
  private readonly objects: ObjectShelf;
  private readonly uploads = new Map<string, Upload>();

  constructor(dir: string, objects: ObjectShelf) {
    this.dir = join(dir, "uploads");
    this.objects = objects;
  }

  /** Reads what a former run left; what it had ended already but not yet tidied away is tidied away. */
  async load() {
    const completed = new Set([...this.objects.list()].map((record) => record.versionId));
    for (const uploadId of await namesIn(this.dir)) {
      const records = await readRecords<UploadRecord | PartRecord>(join(this.dir, uploadId));
      const record = records.find((candidate): candidate is UploadRecord => "uploadId" in candidate);
      const parts = records.filter((candidate): candidate is PartRecord => "partNumber" in candidate);
      if (!record || completed.has(uploadId)) await discard(join(this.dir, uploadId));
      else this.uploads.set(uploadId, { record, parts: new Map(parts.map((part) => [part.partNumber, part])) });
    }
    await this.objects.sweep(new Set(this.uploads.keys()));
  }

  find(uploadId: string): Upload | undefined {
    return this.uploads.get(uploadId);
  }

  list(): Iterable<Upload> {
    return this.uploads.values();
  }

  async create(record: Omit<UploadRecord, "uploadId">): Promise<UploadRecord> {
    const created = { ...record, uploadId: randomUUID().replaceAll("-", "") };
    await writeRecord(join(this.dir, created.uploadId, "upload.json"), created);
    this.uploads.set(created.uploadId, { record: created, parts: new Map() });
    return created;
  }

  /** Adds an arrived part, in place of an earlier one of its number. */
  async keepPart({ record, parts }: Upload, incomingPath: string, part: Omit<PartRecord, "file">) {
    const kept = { ...part, file: `${part.partNumber}-${randomUUID()}` };
    const previous = parts.get(part.partNumber);
    await this.objects.keepBlob(incomingPath, record.uploadId, kept.file);
    await writeRecord(join(this.dir, record.uploadId, `part-${part.partNumber}.json`), kept);
    parts.set(part.partNumber, kept);
    if (previous) await this.objects.discardBlob(record.uploadId, previous.file);
  }

  /** Makes the upload an object; the parts that are not in it are dropped. */
  async complete(upload: Upload, object: Omit<ObjectRecord, "versionId" | "key">) {
    const { uploadId, key } = upload.record;
    await this.objects.put({ ...object, versionId: uploadId, key });
    this.uploads.delete(uploadId);
    await this.objects.keepOnly(uploadId, new Set(object.blobs.map((blob) => blob.file)));
    await discard(join(this.dir, uploadId));
  }

  async abort({ record }: Upload) {
    this.uploads.delete(record.uploadId);
    await discard(join(this.dir, record.uploadId, "upload.json"));
    await discard(join(this.dir, record.uploadId));
    await this.objects.discardBlob(record.uploadId);
  }
}
