import { z } from "zod";
import { badLines, type BadLine, type KeyFileRefusal } from "./key-file";

/** How many lines of each kind a report names. */
export const REPORTED_LINES = 100;

/** What can only be told once the whole shop is looked at. */
const shopReasons = ["duplicate_in_file", "already_here", "unknown_pool", "unknown_sku", "sku_of_many_pools"] as const;

export type LineReason = BadLine | (typeof shopReasons)[number];

/** A line that adds no key. Never the key itself: `end` is its last characters. */
export type ReportedLine = { line: number; reason: LineReason; end: string };

/** A line that adds a key, and to which pool. */
export type FreshLine = { line: number; end: string; pool: string };

/** What comes, or came, of an import, in lines of the file. */
export type ImportReport = {
  added: number;
  duplicatesInFile: number;
  /** Keys the shop has already, in this pool or another. */
  alreadyHere: number;
  bad: number;
  /** The first 100 of each kind, in the order of the file. */
  lines: ReportedLine[];
};

/** Where the lines go that name this; `target` null: those that name nothing. */
export type TargetPool = { target: string | null; poolId: string; pool: string; fresh: number };

/** The shape of `KeyImport.report`. */
export const StoredReport = z.object({
  /** Keys that the dry run found to be new. */
  fresh: z.number().default(0),
  duplicatesInFile: z.number().default(0),
  alreadyHere: z.number().default(0),
  lines: z
    .array(z.object({ line: z.number(), reason: z.enum([...badLines, ...shopReasons]), end: z.string() }))
    .default([]),
  freshLines: z.array(z.object({ line: z.number(), end: z.string(), pool: z.string() })).default([]),
  pools: z
    .array(z.object({ target: z.string().nullable(), poolId: z.string(), pool: z.string(), fresh: z.number() }))
    .default([]),
  /** Of the file, where `problem` begins. */
  problemLine: z.number().nullable().default(null),
});

export type StoredReport = z.infer<typeof StoredReport>;

/** Why an import failed, or waits: for a person, or (`waiting`) for storage or Shopify. */
export type ImportProblem = KeyFileRefusal | "upload_missing" | "pool_gone" | "left_alone" | "waiting";
