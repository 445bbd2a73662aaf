import { z } from "zod";

export const MAX_DOWNLOAD_LIMIT = 100_000;
export const MAX_ACCESS_DAYS = 36_500;
export const MAX_LINK_HOURS = 8_760;
export const MAX_SENDER_NAME = 100;
const MAX_ADDRESS = 254; // RFC 5321

/** What a form says for no limit. */
export const UNLIMITED = "unlimited";

/**
 * A shop's settings, read from what a form says of them: whole numbers as text, `unlimited` where
 * that is a choice, empty for a name or an address that is not set. `null` is unlimited or not set.
 */
export const Settings = z.object({
  downloadLimit: wholeNumberOrUnlimited(
    MAX_DOWNLOAD_LIMIT,
    `Enter a whole number from 1 to ${MAX_DOWNLOAD_LIMIT.toLocaleString("en")}, or choose unlimited`,
  ),
  accessDays: wholeNumberOrUnlimited(
    MAX_ACCESS_DAYS,
    `Enter a whole number of days from 1 to ${MAX_ACCESS_DAYS.toLocaleString("en")}, or choose unlimited`,
  ),
  linkHours: wholeNumber(
    MAX_LINK_HOURS,
    `Enter a whole number of hours from 1 to ${MAX_LINK_HOURS.toLocaleString("en")}, which is a year`,
  ),
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
});

export type Settings = z.infer<typeof Settings>;

function wholeNumber(most: number, words: string) {
  return z.string({ error: words }).transform((text, context) => {
    const number = wholeNumberIn(text, most);
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

/** A number from 1 to `most` in plain digits; null for anything else. */
function wholeNumberIn(text: string, most: number): number | null {
  const number = Number(text);
  return /^\s*\d{1,9}\s*$/.test(text) && number >= 1 && number <= most ? number : null;
}

function orNotSet<Text extends z.ZodType<string, string>>(text: Text) {
  return z
    .string({ error: "Enter a text, or nothing" })
    .trim()
    .transform((value) => value || null)
    .pipe(text.nullable());
}
