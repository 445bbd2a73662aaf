import { z } from "zod";
import { oneLine } from "~/domain/activation/machine";
import type { ApiCall } from "./call";

const shop = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "must be the shop's name.myshopify.com address")
  .max(255)
  .meta({ description: "The shop's address: name.myshopify.com", examples: ["your-shop.myshopify.com"] });

const key = z
  .string()
  .min(1, "must be the license key")
  .max(1000)
  .meta({
    description:
      "The license key as a person typed it: space, kinds of dashes, look-alike letters, and upper and lower case (unless the key has both) do not matter.",
    examples: ["SYNTH-0001-ABCD"],
  });

const fingerprint = z
  .string()
  .min(1, "must be a text that names the machine")
  .max(255)
  .refine((text) => !text.includes("\0"), "must not contain a null character")
  .refine((text) => text.isWellFormed(), "must not contain half a character")
  .meta({ description: "A text that your software always makes the same on one machine. Compared exactly." });

const product = z.string().max(255).nullish().meta({
  description: "What your software is: a Shopify product or variant id, or a SKU. Without it any product will do.",
});

const name = z
  .string()
  .trim()
  .max(100)
  .transform((text) => oneLine(text) || null)
  .nullish()
  .meta({ description: "What the customer calls the machine. A name that it has already stays." });

const License = z
  .object({
    state: z.enum(["active", "revoked", "disabled", "held", "expired"]),
    product: z.string().meta({ description: "Title of what was bought." }),
    variant: z.string().nullable(),
    productId: z.string().nullable().meta({ description: "Shopify gid; null for a license without an order." }),
    variantId: z.string().nullable(),
    sku: z.string().nullable(),
    keyEnd: z.string().meta({ description: "Last characters of the key." }),
    activationLimit: z.int().nullable().meta({ description: "Machines at a time; null: any number." }),
    activationsUsed: z.int(),
    expiresAt: z.iso.datetime().nullable().meta({ description: "The license ends then; null: never." }),
  })
  .meta({ id: "License" });

const offline = z.string().meta({
  description:
    "A signed license (JWS, EdDSA) to keep on the machine: it is good without asking until its `exp`, as long as the fingerprint is the machine's own. Check it with the keys of `/api/licenses/jwks`.",
});

const unknownShop = { unknown_shop: "No shop of that address uses the app." };

const unknownKey = {
  unknown_key: "The shop has sold no such key.",
  mistyped_key: "The check characters of the key say that it was mistyped.",
};

const badLicense = {
  wrong_product: "The license is of another product.",
  revoked: "The license was taken back.",
  disabled: "The shop has disabled the license.",
  held: "The order is held until a person releases it.",
  expired: "The license has ended.",
};

const shutOut = {
  blocked: "The shop has blocked this machine.",
  suspended: "The shop has suspended this machine.",
};

export const activateLicense = {
  method: "post",
  path: "/api/licenses/activate",
  id: "activateLicense",
  tag: "Licensing",
  security: "public",
  summary: "Tie a license to a machine",
  description:
    "Takes one of the license's places for the machine. The same machine again takes no other and gets a fresh signed license. The limit holds however many call at once.",
  body: z.object({ shop, key, fingerprint, name, product }),
  answer: {
    status: 200,
    description: "The machine has a place.",
    schema: z.object({ license: License, offline }),
  },
  refusals: {
    404: { ...unknownShop, ...unknownKey },
    409: { ...badLicense, ...shutOut, limit_reached: "Every place is taken by other machines." },
  },
} as const satisfies ApiCall;

export const deactivateLicense = {
  method: "post",
  path: "/api/licenses/deactivate",
  id: "deactivateLicense",
  tag: "Licensing",
  security: "public",
  summary: "Free a machine's place",
  description: "The signed license on the machine is to be thrown away: it can be checked no more than before.",
  body: z.object({ shop, key, fingerprint }),
  answer: { status: 200, description: "The place is free.", schema: z.object({ license: License }) },
  refusals: {
    404: { ...unknownShop, ...unknownKey, not_activated: "The machine has no place; there is nothing to free." },
    409: shutOut,
  },
} as const satisfies ApiCall;

const validateReasons = [
  "unknown_key",
  "mistyped_key",
  "wrong_product",
  "revoked",
  "disabled",
  "held",
  "expired",
  "blocked",
  "suspended",
  "limit_reached",
  "not_activated",
] as const;

export const validateLicense = {
  method: "post",
  path: "/api/licenses/validate",
  id: "validateLicense",
  tag: "Licensing",
  security: "public",
  summary: "Ask whether a license is good on a machine",
  description:
    "Takes no place. A reason is an answer: the status is 200 whether the license is good or not. Without a fingerprint only the license itself is asked about.",
  body: z.object({
    shop,
    key,
    fingerprint: fingerprint.nullish(),
    product,
  }),
  answer: {
    status: 200,
    description: "Whether it is good, and if not, why.",
    schema: z.object({
      valid: z.boolean(),
      reason: z.enum(validateReasons).nullable().meta({
        description:
          "null when valid. `not_activated`: this machine has no place and there is one free; `limit_reached`: nor is there one free.",
      }),
      license: License.nullable().meta({ description: "null when the key is unknown." }),
      offline: offline
        .nullable()
        .meta({ description: "A fresh signed license when valid on this machine, else null." }),
    }),
  },
  refusals: { 404: unknownShop },
} as const satisfies ApiCall;

export const listSigningKeys = {
  method: "get",
  path: "/api/licenses/jwks",
  id: "listSigningKeys",
  tag: "Licensing",
  security: "public",
  summary: "The public keys that signed licenses are checked with",
  description:
    "A JSON Web Key Set. Pick the key by the `kid` in the license's header; ask again when there is none of it: keys are replaced from time to time. May be cached for five minutes.",
  query: z.object({ shop }),
  answer: {
    status: 200,
    description: "The shop's public keys, the one that signs now first.",
    schema: z.object({
      keys: z.array(
        z.object({
          kty: z.literal("OKP"),
          crv: z.literal("Ed25519"),
          x: z.string(),
          kid: z.string(),
          alg: z.literal("EdDSA"),
          use: z.literal("sig"),
        }),
      ),
    }),
  },
  refusals: { 404: unknownShop },
} as const satisfies ApiCall;
