import { z } from "zod";

const MAX_ADDRESS = 254; // RFC 5321
const MAX_URL = 2_000;

/** How messages look and whom they come from, read from a form: empty texts are not set. */
export const SenderSettings = z.object({
  senderAddress: orNotSet(
    z
      .email("Enter an email address, such as downloads@example.com")
      .refine((address) => address.length <= MAX_ADDRESS, `Use at most ${MAX_ADDRESS} characters`),
  ),
  logoUrl: orNotSet(
    z
      .url({ protocol: /^https$/, error: "Enter the https:// address of a picture" })
      .refine((url) => url.length <= MAX_URL, `Use at most ${MAX_URL} characters`),
  ),
  brandColor: orNotSet(z.string().regex(/^#[0-9a-f]{6}$/i, "Enter a color such as #1f5199")),
  keysInMail: z.stringbool({ error: "Choose one" }),
  announcesVersions: z.stringbool({ error: "Choose one" }),
});

export type SenderSettings = z.infer<typeof SenderSettings>;

function orNotSet(text: z.ZodType<string, string>) {
  return z
    .string({ error: "Enter a text, or nothing" })
    .trim()
    .transform((value) => value || null)
    .pipe(text.nullable());
}
