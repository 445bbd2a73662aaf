import { z } from "zod";

const position = z.number().int().min(0).max(999);

/** How a person said a file is to be read; what is left out is found by itself. Columns by position, from 0. */
export const KeyFileChoice = z.object({
  /** Whether the first line names the columns. */
  hasHeader: z.boolean().optional(),
  /** The column that holds the keys; by its name too (upper and lower case alike). */
  column: z.union([position, z.string()]).optional(),
  /** Null: no column is read as that. */
  pool: position.nullable().optional(),
  sku: position.nullable().optional(),
  activationLimit: position.nullable().optional(),
  expiresAt: position.nullable().optional(),
  note: position.nullable().optional(),
});

export type KeyFileChoice = z.infer<typeof KeyFileChoice>;
