import { z } from "zod";
import { exportColumns } from "./export-columns";
import { lastDay } from "./pool-form";

/** How many keys a person may type at once; more are imported. */
const MOST_BY_HAND = 100;

const KEY_STATES = ["available", "granted", "revoked", "disabled"] as const;

const KEY_CHARACTERS = 500;
const NOTE_CHARACTERS = 500;

export const KeyFilterForm = z.object({
  state: z.enum(KEY_STATES).optional().catch(undefined),
  importId: z.uuid().optional().catch(undefined),
});

/** A choice of keys, as JSON in one field. */
const KeyChoiceForm = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("Choose keys first");
      return z.NEVER;
    }
  })
  .pipe(
    z.union([
      z.object({ keyIds: z.array(z.uuid()).min(1, "Choose keys first").max(1_000) }),
      z.object({ filter: KeyFilterForm }),
    ]),
  );

/** Keys, one per line; each as it will be stored. */
const texts = z
  .string()
  .transform((text) => [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((line) => line !== ""))
  .pipe(
    z
      .array(
        z
          .string()
          .max(KEY_CHARACTERS, `A key may have at most ${KEY_CHARACTERS} characters`)
          .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]*$/u, "A key has characters in it that cannot be seen"),
      )
      .min(1, "Enter at least one key")
      .max(MOST_BY_HAND, `Enter at most ${MOST_BY_HAND} keys, or import a file`),
  );

/** A key's own limit: "": its pool's; "unlimited"; or a number. As `PoolKey.activationLimit` holds it. */
const ownLimit = z
  .string()
  .regex(/^(|unlimited|[1-9]\d{0,4}|100000)$/, "Enter a whole number from 1 to 100,000")
  .transform((limit) => (limit === "" ? null : limit === "unlimited" ? 0 : Number(limit)));

const note = z
  .string()
  .trim()
  .max(NOTE_CHARACTERS, `Use at most ${NOTE_CHARACTERS} characters`)
  .transform((text) => text || null);

const choice = KeyChoiceForm;

export const KeysForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("find"), key: z.string().trim().min(1, "Enter a key, or its last 4 characters") }),
  z.object({ intent: z.literal("add"), texts, activationLimit: ownLimit, expiresAt: lastDay, note }),
  z.object({
    intent: z.literal("make"),
    count: z
      .string()
      .regex(/^([1-9]\d{0,4}|100000)$/, "Enter a whole number from 1 to 100,000")
      .transform(Number),
  }),
  z.object({
    intent: z.literal("change"),
    choice,
    activationLimit: ownLimit.optional(),
    expiresAt: lastDay.optional(),
    note: note.optional(),
  }),
  z.object({ intent: z.literal("disable"), choice, includesSold: z.enum(["yes", "no"]) }),
  z.object({ intent: z.enum(["enable", "delete"]), choice }),
  z.object({ intent: z.literal("move"), choice, toPoolId: z.uuid("Choose a pool") }),
]);

export const ExportForm = z.object({
  choice: KeyChoiceForm,
  columns: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.enum(exportColumns)).min(1, "Choose at least one column")),
});
