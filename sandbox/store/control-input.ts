import { z } from "zod";

const id = z.union([z.string().min(1), z.number().int().nonnegative()]);
const amount = z.union([z.string(), z.number().nonnegative()]);
const quantity = z.number().int().min(1).max(10_000);
const stock = z.number().int().min(0).max(1_000_000_000);
const share = z.number().min(0).max(1);
const shop = z.string().optional();

const line = z
  .strictObject({ lineId: id.optional(), variantId: id.optional(), quantity })
  .refine((chosen) => chosen.lineId !== undefined || chosen.variantId !== undefined, "needs a lineId or a variantId");

const newLine = z.strictObject({
  variantId: id,
  quantity,
  sellingPlan: z.union([z.string(), z.strictObject({ id: z.string().optional(), name: z.string() })]).optional(),
});

const financialStatus = z.enum([
  "pending",
  "authorized",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
  "voided",
  "expired",
]);

/** What each control call takes; what is not named here is refused. */
export const inputs = {
  product: z.strictObject({
    title: z.string().min(1).max(255),
    variants: z
      .array(
        z.strictObject({
          title: z.string().min(1).max(255).optional(),
          sku: z.string().max(255).optional(),
          price: amount.optional(),
          requiresShipping: z.boolean().optional(),
          stock: stock.optional(),
        }),
      )
      .max(2_048)
      .optional(),
    description: z.string().optional(),
    shop,
  }),
  stock: z.strictObject({ stock: stock.nullable(), shop }),
  order: z.strictObject({
    email: z.string().min(3).nullish(),
    phone: z.string().min(3).nullish(),
    customer: z
      .union([
        id,
        z.strictObject({
          id: id.optional(),
          email: z.string().optional(),
          firstName: z.string().optional(),
          lastName: z.string().optional(),
        }),
        z.literal(false),
      ])
      .nullish(),
    locale: z.string().min(2).optional(),
    sourceName: z.string().min(1).optional(),
    financialStatus: financialStatus.optional(),
    lines: z.array(newLine).min(1),
    shop,
  }),
  pay: z.strictObject({ amount: amount.optional(), shop }),
  cancel: z.strictObject({ shop }),
  refund: z.strictObject({ lines: z.array(line).min(1).optional(), amount: amount.optional(), shop }),
  edit: z
    .strictObject({ add: z.array(newLine).optional(), remove: z.array(line).optional(), shop })
    .refine((edit) => Boolean(edit.add?.length || edit.remove?.length), "needs lines to add or to remove"),
  risk: z.strictObject({ level: z.enum(["none", "low", "medium", "high"]), shop }),
  fulfill: z.strictObject({ lines: z.array(line).min(1).optional(), shop }),
  webhook: z.strictObject({
    topic: z.string().min(1),
    payload: z.unknown().refine((payload) => payload !== undefined, "is missing"),
    shop,
    headers: z.record(z.string(), z.string().nullable()).optional(),
    signature: z.enum(["valid", "wrong", "missing"]).optional(),
    times: z.number().int().min(1).max(1_000).optional(),
  }),
  nothing: z.strictObject({}),
  faults: z.strictObject({
    webhooks: z
      .strictObject({ drop: share.optional(), duplicate: share.optional(), shuffle: share.optional() })
      .optional(),
    admin: z.strictObject({ status: z.number().int().min(400).max(599), rate: share.default(1) }).optional(),
    storage: z
      .strictObject({
        status: z.number().int().min(400).max(599).optional(),
        rate: share.optional(),
        latencyMs: z.number().min(0).max(600_000).optional(),
      })
      .optional(),
    mail: z.strictObject({ reject: z.union([z.number(), z.boolean(), z.string()]).optional() }).optional(),
  }),
  token: z.strictObject({
    kind: z.enum(["admin", "customer"]),
    shop,
    customerId: id.nullish(),
    claims: z.record(z.string(), z.unknown()).optional(),
  }),
  shop: z.strictObject({
    domain: z.string().min(1),
    name: z.string().min(1).optional(),
    protectedCustomerData: z.boolean().optional(),
  }),
};
