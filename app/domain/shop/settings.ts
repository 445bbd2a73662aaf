import { z } from "zod";

export const MAX_DOWNLOAD_LIMIT = 100_000;
export const MAX_ACCESS_DAYS = 36_500;
export const MAX_LINK_HOURS = 8_760;
export const MAX_SENDER_NAME = 100;
export const MAX_UPDATE_MONTHS = 120;
export const MAX_FREES_PER_MONTH = 1_000;
export const MAX_GRACE_DAYS = 365;
const MAX_ADDRESS = 254; // RFC 5321

export const updatePolicies = ["latest", "bought", "months"] as const;

/** What a form says for no limit. */
export const UNLIMITED = "unlimited";

const monthsWords = `Enter a whole number of months from 1 to ${MAX_UPDATE_MONTHS}`;

/**
 * What of a shop's settings decides about orders, read from what a form says of them: whole numbers as text,
 * `unlimited` where that is a choice (then `null`), `true` or `false` for a choice of two.
 */
const policyFields = {
  downloadLimit: wholeNumberOrUnlimited(
    MAX_DOWNLOAD_LIMIT,
    `Enter a whole number from 1 to ${MAX_DOWNLOAD_LIMIT.toLocaleString("en")}, or choose unlimited`,
  ),
  accessDays: wholeNumberOrUnlimited(
    MAX_ACCESS_DAYS,
    `Enter a whole number of days from 1 to ${MAX_ACCESS_DAYS.toLocaleString("en")}, or choose unlimited`,
  ),
  /** What a new version of an asset means for earlier buyers. */
  updatePolicy: z.enum(updatePolicies, { error: "Choose what earlier buyers get" }),
  /** Empty unless the update policy is `months`. */
  updateMonths: wholeNumberOrNothing(MAX_UPDATE_MONTHS, monthsWords),
  refundRevokes: eitherOr(),
  holdHighRisk: eitherOr(),
};

/**
 * A shop's settings, read from what a form says of them: as its policy is, and empty for a name or an address
 * that is not set (then `null`).
 */
export const Settings = withMonths(
  z.object({
    ...policyFields,
    linkHours: wholeNumber(
      MAX_LINK_HOURS,
      `Enter a whole number of hours from 1 to ${MAX_LINK_HOURS.toLocaleString("en")}, which is a year`,
    ),
    fulfillLines: eitherOr(),
    fulfillNotifies: eitherOr(),
    signInRequired: eitherOr(),
    revealToClaim: eitherOr(),
    returnsUnseenKeys: eitherOr(),
    freesPerMonth: wholeNumber(
      MAX_FREES_PER_MONTH,
      `Enter a whole number from 0 to ${MAX_FREES_PER_MONTH.toLocaleString("en")}; 0 lets customers free none`,
      0,
    ),
    graceDays: wholeNumber(MAX_GRACE_DAYS, `Enter a whole number of days from 1 to ${MAX_GRACE_DAYS}`),
    senderName: orNotSet(
      z
        .string()
        .max(MAX_SENDER_NAME, `Use at most ${MAX_SENDER_NAME} characters`)
        .refine((name) => !/[\p{Cc}\u2028\u2029]/u.test(name), "Use a name without line breaks or control characters"),
    ),
    supportAddress: orNotSet(
      z
        .email("Enter an email address, such as help@example.com")
        .refine((address) => address.length <= MAX_ADDRESS, `Use at most ${MAX_ADDRESS} characters`),
    ),
  }),
);

export type Settings = z.infer<typeof Settings>;

/** The part of the settings that decides what an order is given. */
export const Policy = withMonths(z.object(policyFields));

export type Policy = z.infer<typeof Policy>;

/** Months are asked for with the policy that counts them, and mean nothing with another. */
function withMonths<Fields extends z.ZodType<{ updatePolicy: string; updateMonths: number | null }>>(fields: Fields) {
  return fields
    .refine(({ updatePolicy, updateMonths }) => updatePolicy !== "months" || updateMonths !== null, {
      path: ["updateMonths"],
      error: monthsWords,
    })
    .transform((settings) => (settings.updatePolicy === "months" ? settings : { ...settings, updateMonths: null }));
}

function eitherOr() {
  return z.stringbool({ error: "Choose one" });
}

function wholeNumber(most: number, words: string, least = 1) {
  return z.string({ error: words }).transform((text, context) => {
    const number = wholeNumberIn(text, most, least);
    if (number === null) context.addIssue(words);
    return number ?? z.NEVER;
  });
}

function wholeNumberOrUnlimited(most: number, words: string) {
  return z.string({ error: words }).transform((text, context) => {
    if (text.trim() === UNLIMITED) return null;
    const number = wholeNumberIn(text, most);
    if (number === null) context.addIssue(words);
    return number;
  });
}

function wholeNumberOrNothing(most: number, words: string) {
  return z.string({ error: words }).transform((text, context) => {
    if (text.trim() === "") return null;
    const number = wholeNumberIn(text, most);
    if (number === null) context.addIssue(words);
    return number;
  });
}

/** A number from `least` to `most` in plain digits; null for anything else. */
function wholeNumberIn(text: string, most: number, least = 1): number | null {
  const number = Number(text);
  return /^\s*\d{1,9}\s*$/.test(text) && number >= least && number <= most ? number : null;
}

function orNotSet<Text extends z.ZodType<string, string>>(text: Text) {
  return z
    .string({ error: "Enter a text, or nothing" })
    .trim()
    .transform((value) => value || null)
    .pipe(text.nullable());
}
