import { z } from "zod";
import { tokenScopes } from "./scopes";

export const MAX_TOKEN_NAME = 60;

/** A new token, as its form sends it: scopes separated by commas. */
export const TokenForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give the token a name")
    .max(MAX_TOKEN_NAME, `A name has at most ${MAX_TOKEN_NAME} characters`),
  scopes: z
    .string()
    .transform((text) => tokenScopes.filter((scope) => text.split(",").includes(scope)))
    .refine((scopes) => scopes.length > 0, "Choose what the token may do"),
});
