import { z } from "zod";
import { updatePolicies } from "~/domain/shop/settings";

export const MAX_NAMED_ORDERS = 5_000;

const ids = z.array(z.string()).min(1).max(250);

/** Which past orders: every one, those placed from one moment to before another, or those of these names. */
export const WhichOrders = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("dates"), from: z.iso.datetime(), to: z.iso.datetime() }),
  z.object({ kind: z.literal("names"), names: z.array(z.string()).min(1).max(MAX_NAMED_ORDERS) }),
]);

export type WhichOrders = z.infer<typeof WhichOrders>;

/** What `past_orders` is asked for. */
export const PastOrdersInput = z.object({
  /** gid, and the title as the screens should name it. */
  productId: z.string(),
  productTitle: z.string(),
  attachmentIds: ids,
  /** Of what is given, for the screens. */
  titles: z.array(z.string()),
  which: WhichOrders,
  tellsCustomers: z.boolean(),
});

export type PastOrdersInput = z.infer<typeof PastOrdersInput>;

const terms = {
  keysPerUnit: z.number(),
  downloadLimit: z.number().nullable(),
  accessDays: z.number().nullable(),
  updatePolicy: z.enum(updatePolicies).nullable(),
  updateMonths: z.number().nullable(),
};

const policy = z.object({
  downloadLimit: z.number().nullable(),
  accessDays: z.number().nullable(),
  updatePolicy: z.enum(updatePolicies),
  updateMonths: z.number().nullable(),
  refundRevokes: z.boolean(),
  holdHighRisk: z.boolean(),
});

/** What `dry_run` is to try on the last orders: other settings, something attached, or an attachment's other terms. */
export const DryRunInput = z.discriminatedUnion("about", [
  z.object({ about: z.literal("settings"), policy }),
  z.object({
    about: z.literal("attach"),
    titles: z.array(z.string()),
    attachments: z
      .array(
        z.object({
          productId: z.string(),
          variantId: z.string().nullable(),
          assetId: z.string().nullable(),
          poolId: z.string().nullable(),
          keysPerUnit: z.number(),
        }),
      )
      .min(1),
  }),
  z.object({ about: z.literal("attachment"), titles: z.array(z.string()), attachmentId: z.string(), ...terms }),
]);

export type DryRunInput = z.infer<typeof DryRunInput>;
