import { z } from "zod";
import type { BadLine } from "./key-file";

/** How many lines of each kind a report names. */
export const REPORTED_LINES = 100;

/** A line that added no key. Never the key itself: `end` is its last characters. */
export type ReportedLine = { line: number; reason: BadLine | "duplicate_in_file" | "already_here"; end: string };

/** What came of an import, in lines of the file. */
export type ImportReport = {
  added: number;
  duplicatesInFile: number;
  /** Keys the shop has already, in this pool or another. */
  alreadyHere: number;
  bad: number;
  /** The first 100 of each kind, in the order of the file. */
  lines: ReportedLine[];
};

const reasons = [
  "duplicate_in_file",
  "already_here",
  "no_key",
  "too_long",
  "line_break",
  "invisible_characters",
  "stray_quote",
] as const satisfies ReportedLine["reason"][];

/** The shape of `KeyImport.report`. */
export const StoredReport = z.object({
  duplicatesInFile: z.number(),
  alreadyHere: z.number(),
  lines: z.array(z.object({ line: z.number(), reason: z.enum(reasons), end: z.string() })),
});
