import { randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Checksum, ChecksumAlgorithm } from "./checksums.ts";

/** A file under `blobs/<versionId>/` and how much of the object it is. */
export type Blob = { file: string; sizeBytes: number };

/** What travels with an object: standard headers by lower-case name, and `x-amz-meta-` names without the prefix. */
export type Description = { headers: Record<string, string>; metadata: Record<string, string> };

export type ObjectRecord = Description & {
  key: string;
  versionId: string;
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  checksum?: Checksum;
  modifiedAt: string;
  blobs: Blob[];
};

export type UploadRecord = Description & {
  key: string;
  uploadId: string;
  checksumAlgorithm?: ChecksumAlgorithm;
  createdAt: string;
};

export type PartRecord = Blob & {
  partNumber: number;
  /** MD5 in hex. */
  etag: string;
  checksum?: Checksum;
  modifiedAt: string;
};

/** Writes a record so that a reader, also after a crash, finds the old one or the new one and nothing between. */
export async function writeRecord(path: string, record: ObjectRecord | UploadRecord | PartRecord) {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  await writeFile(temporary, JSON.stringify(record));
  await rename(temporary, path);
}

/**
 * All records right in a folder, in no order.
 *
 * @throws when one cannot be read, naming its file
 */
export async function readRecords<Kind>(folder: string): Promise<Kind[]> {
  const records: Kind[] = [];
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(".") && name.endsWith(".json")) records.push(await readRecord<Kind>(join(folder, name)));
  }
  return records;
}

/** The names in a folder; none when it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return readdir(folder);
}

/** Removes what is no longer named anywhere; not being there is as good. */
export async function discard(path: string) {
  await rm(path, { recursive: true, force: true });
}

async function readRecord<Kind>(path: string): Promise<Kind> {
  const text = await readFile(path, "utf8");
  try {
    return JSON.parse(text) as Kind;
  } catch (cause) {
    throw new Error(`The storage's record ${path} cannot be read. Remove it, or the whole folder, to start afresh.`, {
      cause,
    });
  }
}
