import { z } from "zod";
import type { ApiCall } from "./call";

const MAX_PAGE = 100;

const plainText = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "must not contain control characters");

const reference = plainText(255).meta({
  description: "The license's number in your own software. A second license of the same reference is never made.",
  examples: ["invoice-2041"],
});

const HeldLicense = z
  .object({
    id: z.uuid(),
    key: z.string().nullable().meta({
      description:
        "The license key. null for a token without licenses:read, and while the license of an order is not active.",
    }),
    keyEnd: z.string().meta({ description: "Last characters of the key." }),
    state: z.enum(["active", "revoked", "disabled", "held", "expired"]),
    pool: z.object({ id: z.uuid(), name: z.string() }),
    order: z
      .object({ id: z.string().meta({ description: "Shopify gid." }), name: z.string() })
      .nullable()
      .meta({ description: "null for a license that your software created." }),
    product: z.string().nullable().meta({ description: "Title of what was bought." }),
    variant: z.string().nullable(),
    productId: z.string().nullable().meta({ description: "Shopify gid." }),
    variantId: z.string().nullable().meta({ description: "Shopify gid." }),
    sku: z.string().nullable(),
    email: z.string().nullable().meta({ description: "Of the holder, or of the order." }),
    reference: z.string().nullable(),
    activationLimit: z.int().nullable().meta({ description: "Machines at a time; null: any number." }),
    activationsUsed: z.int(),
    issuedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().meta({ description: "The license ends then; null: never." }),
  })
  .meta({ id: "HeldLicense", description: "A license, as the shop's own software sees it." });

/** Others have no four digits, or none at all in PostgreSQL. */
function isOfOurYears(moment: string): boolean {
  const year = new Date(moment).getUTCFullYear();
  return year >= 1900 && year <= 9999;
}

const params = z.object({ licenseId: z.uuid() });
const answerOfOne = (description: string) => {
  return { status: 200, description, schema: z.object({ license: HeldLicense }) } as const;
};
const unknownLicense = { unknown_license: "The shop has no such license." };

export const listLicenses = {
  method: "get",
  path: "/api/licenses",
  id: "listLicenses",
  tag: "Back end",
  security: ["licenses:read"],
  summary: "List and look up licenses",
  description:
    "Those of orders and those that software created, in the order of their ids. Go on with `after` set to `next` until that is null: each license that is there all the while comes exactly once.",
  query: z.object({
    order: plainText(255)
      .optional()
      .meta({ description: "An order's Shopify id (gid or digits) or its name.", examples: ["#1001"] }),
    email: plainText(320).optional().meta({ description: "Of the order or the holder, in any case." }),
    reference: reference.optional(),
    limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50).meta({ description: "How many at a time." }),
    after: z.string().max(64).optional().meta({ description: "`next` of the page before." }),
  }),
  answer: {
    status: 200,
    description: "A page of licenses.",
    schema: z.object({
      licenses: z.array(HeldLicense),
      next: z.string().nullable().meta({ description: "null on the last page." }),
    }),
  },
  refusals: { 422: { bad_cursor: "`after` is not what a page said." } },
} as const satisfies ApiCall;

export const createLicense = {
  method: "post",
  path: "/api/licenses",
  id: "createLicense",
  tag: "Back end",
  security: ["licenses:write"],
  summary: "Create a license without an order",
  description:
    "Takes a key out of a pool, or registers one of your own. Send a `reference` and the call may be repeated: it then answers the license that is there, as it is.",
  body: z.object({
    pool: plainText(100).meta({ description: "The pool's name or id.", examples: ["Synth Pro keys"] }),
    key: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .refine((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text), "must not contain invisible characters")
      .nullish()
      .meta({ description: "A key of your own to register; without it the pool gives one." }),
    email: z.email().max(320).nullish().meta({ description: "Whose it is. Kept in lower case." }),
    reference: reference.nullish(),
    activationLimit: z
      .int()
      .min(0)
      .max(100_000)
      .nullish()
      .meta({ description: "Machines at a time; 0: any number; without it as the pool says." }),
    expiresAt: z.iso
      .datetime({ offset: true })
      .refine(isOfOurYears, "must be in the years 1900 to 9999")
      .nullish()
      .meta({ description: "When the license ends; without it as the pool says." }),
    note: plainText(500).nullish().meta({ description: "For the merchant's eyes." }),
  }),
  answer: {
    status: 200,
    description: "The license.",
    schema: z.object({
      license: HeldLicense,
      created: z.boolean().meta({ description: "false: it was there already, by its reference." }),
    }),
  },
  refusals: {
    404: { unknown_pool: "The shop has no pool of that name or id." },
    409: {
      pool_archived: "The pool is archived.",
      pool_empty: "The pool has no key left.",
      key_exists: "The shop has this key already.",
    },
  },
} as const satisfies ApiCall;

export const findLicense = {
  method: "get",
  path: "/api/licenses/{licenseId}",
  id: "findLicense",
  tag: "Back end",
  security: ["licenses:read"],
  summary: "Read one license",
  description: "By its id.",
  params,
  answer: answerOfOne("The license."),
  refusals: { 404: unknownLicense },
} as const satisfies ApiCall;

export const revokeLicense = {
  method: "post",
  path: "/api/licenses/{licenseId}/revoke",
  id: "revokeLicense",
  tag: "Back end",
  security: ["licenses:write"],
  summary: "Take a license away",
  description:
    "It is no longer valid, and what the order gave is closed to its customer. A license that is revoked already stays so, and is answered.",
  params,
  answer: answerOfOne("The license, revoked."),
  refusals: { 404: unknownLicense },
} as const satisfies ApiCall;

export const restoreLicense = {
  method: "post",
  path: "/api/licenses/{licenseId}/restore",
  id: "restoreLicense",
  tag: "Back end",
  security: ["licenses:write"],
  summary: "Give a revoked license back",
  description: "A license that is not revoked stays as it is, and is answered.",
  params,
  answer: answerOfOne("The license."),
  refusals: {
    404: unknownLicense,
    409: { order_does_not_cover: "The license's order pays for it no more." },
  },
} as const satisfies ApiCall;
