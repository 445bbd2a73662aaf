import { z } from "zod";

/** What a person may say of a pool. An empty limit means unlimited. */
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
