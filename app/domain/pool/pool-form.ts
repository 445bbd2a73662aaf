import { z } from "zod";

/** What a person may say of a pool. An empty limit means unlimited. */
export const PoolForm = z.object({
  name: z
    .string()
    .transform((text) => text.replaceAll(/\p{Cc}/gu, " ").trim())
    .pipe(z.string().min(1, "Give the pool a name").max(100, "Use at most 100 characters")),
  activationLimit: z
    .literal("")
    .transform(() => null)
    .or(
      z
        .string()
        .regex(/^\d{1,6}$/, "Enter a whole number from 1 to 100,000")
        .transform(Number)
        .pipe(
          z
            .number()
            .min(1, "Enter a whole number from 1 to 100,000")
            .max(100_000, "Enter a whole number from 1 to 100,000"),
        ),
    ),
});
