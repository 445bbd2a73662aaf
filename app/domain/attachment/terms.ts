import { z } from "zod";
import {
  MAX_ACCESS_DAYS,
  MAX_DOWNLOAD_LIMIT,
  MAX_UPDATE_MONTHS,
  UNLIMITED,
  updatePolicies,
} from "~/domain/shop/settings";

export const MAX_KEYS_PER_UNIT = 100;
export const MAX_INSTRUCTIONS = 2_000;

/** What a form says for "as the shop does it". */
export const AS_SHOP = "shop";

/** How an attachment gives what it gives, where that differs from the shop's policy; null: the shop's. */
export type AttachmentTerms = {
  /** Downloads per unit, and days of access; 0: unlimited. */
  downloadLimit: number | null;
  accessDays: number | null;
  updatePolicy: (typeof updatePolicies)[number] | null;
  updateMonths: number | null;
  /** Plays in the page and is not downloaded. */
  streamOnly: boolean;
  keysPerUnit: number;
  /** How to use it, for page and mail; null: nothing to say. */
  instructions: string | null;
};

const monthsWords = `Enter a whole number of months from 1 to ${MAX_UPDATE_MONTHS}`;

/** Terms, read from what a form says of them: digits, `unlimited` or `shop`. */
export const Terms = z
  .object({
    downloadLimit: ownOrShop(MAX_DOWNLOAD_LIMIT, "number"),
    accessDays: ownOrShop(MAX_ACCESS_DAYS, "number of days"),
    updatePolicy: z
      .enum([AS_SHOP, ...updatePolicies], { error: "Choose what earlier buyers get" })
      .transform((policy) => (policy === AS_SHOP ? null : policy)),
    updateMonths: z.string().transform((text, context) => {
      if (text.trim() === "") return null;
      const number = numberIn(text, MAX_UPDATE_MONTHS);
      if (number === null) context.addIssue(monthsWords);
      return number;
    }),
    streamOnly: z.stringbool({ error: "Choose one" }),
    keysPerUnit: z.string().transform((text, context) => {
      const number = numberIn(text, MAX_KEYS_PER_UNIT);
      if (number === null) context.addIssue(`Enter a whole number of keys from 1 to ${MAX_KEYS_PER_UNIT}`);
      return number ?? z.NEVER;
    }),
    instructions: z
      .string()
      .max(MAX_INSTRUCTIONS, `Use at most ${MAX_INSTRUCTIONS.toLocaleString("en")} characters`)
      .transform((text) => text.replaceAll("\r\n", "\n").trim() || null),
  })
  .refine(({ updatePolicy, updateMonths }) => updatePolicy !== "months" || updateMonths !== null, {
    path: ["updateMonths"],
    error: monthsWords,
  })
  .transform((terms): AttachmentTerms => (terms.updatePolicy === "months" ? terms : { ...terms, updateMonths: null }));

function ownOrShop(most: number, noun: string) {
  const words = `Enter a whole ${noun} from 1 to ${most.toLocaleString("en")}`;
  return z.string({ error: words }).transform((text, context) => {
    if (text === AS_SHOP) return null;
    if (text === UNLIMITED) return 0;
    const number = numberIn(text, most);
    if (number === null) context.addIssue(words);
    return number;
  });
}

/** A number from 1 to `most` in plain digits; null for anything else. */
function numberIn(text: string, most: number): number | null {
  const number = Number(text);
  return /^\s*\d{1,9}\s*$/.test(text) && number >= 1 && number <= most ? number : null;
}
