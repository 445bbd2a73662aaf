import { z } from "zod";

const DAY_MS = 86_400_000;

/** What a person must say of a new pool. An empty limit means unlimited. */
export const PoolForm = z.object({
  name: z
    .string()
    .transform((text) => text.replaceAll(/\p{Cc}/gu, " ").trim())
    .pipe(z.string().min(1, "Give the pool a name").max(100, "Use at most 100 characters")),
  activationLimit: z
    .string()
    .regex(/^(|[1-9]\d{0,4}|100000)$/, "Enter a whole number from 1 to 100,000")
    .transform((digits) => (digits === "" ? null : Number(digits))),
});

/** A day as its date field sends it; "": none. Keys are good to the end of it, in UTC. */
export const lastDay = z
  .string()
  .regex(/^(|20\d\d-\d\d-\d\d)$/, "Enter a date")
  .refine((day) => day === "" || !Number.isNaN(Date.parse(day)), "There is no such day")
  .transform((day) => (day === "" ? null : new Date(Date.parse(day) + DAY_MS)));

/** The day that ends at a moment, as a date field shows it. */
export function lastDayOf(end: string | Date | null): string {
  return end === null ? "" : new Date(new Date(end).getTime() - 1).toISOString().slice(0, 10);
}

/** All that a person may say of a pool. Nothing of it touches keys already sold, but for the instructions. */
export const PoolSettingsForm = PoolForm.extend({
  keyFor: z.enum(["unit", "line"]),
  validDays: z
    .string()
    .regex(/^(|[1-9]\d{0,4})$/, "Enter a whole number from 1 to 99,999")
    .transform((digits) => (digits === "" ? null : Number(digits))),
  validUntil: lastDay,
  instructions: z
    .string()
    .trim()
    .max(2_000, "Use at most 2,000 characters")
    .transform((text) => (text === "" ? null : text)),
});

const wholeNumber = (most: number, words: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, words)
    .transform(Number)
    .refine((number) => number <= most, words);

/** When a pool runs low, and whether Shopify's stock is to follow its keys. */
export const PoolStockForm = z
  .object({
    lowAt: wholeNumber(100_000_000, "Enter a whole number from 0 to 100,000,000"),
    lowUnit: z.enum(["percent", "keys"]),
    setsInventory: z.enum(["yes", "no"]).transform((answer) => answer === "yes"),
  })
  .refine(({ lowAt, lowUnit }) => lowUnit === "keys" || lowAt <= 100, {
    path: ["lowAt"],
    message: "Enter at most 100 percent",
  });

export type PoolSettings = z.infer<typeof PoolSettingsForm>;
export type PoolStock = z.infer<typeof PoolStockForm>;
