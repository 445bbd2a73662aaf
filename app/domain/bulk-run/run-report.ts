import { z } from "zod";

const count = z.number().default(0);

/** What came of giving to past orders so far. */
export const PastOrdersReport = z.object({
  /** Orders that got something. */
  orders: count,
  grants: count,
  /** Grants of these that wait for keys. */
  waiting: count,
  /** Orders whose risk Shopify is asked first; it is given when the answer comes. */
  asked: count,
});

export type PastOrdersReport = z.infer<typeof PastOrdersReport>;

export const SHOWN_ORDERS = 50;

/** What would differ in one order. */
export const OrderDifference = z.object({
  /** Grants it would have, and has not; and those it has, and would not have. */
  more: z.number(),
  less: z.number(),
  /** Grants with another download limit, another end, other new versions. */
  limits: z.number(),
  ends: z.number(),
  versions: z.number(),
  /** Whether it would be held, or would not be held back as it is. */
  hold: z.enum(["held", "open"]).nullable(),
});

export type OrderDifference = z.infer<typeof OrderDifference>;

/** What a proposal would have changed in the orders looked at so far. */
export const DryRunReport = z.object({
  /** Orders that would differ; the rest are sums over them. */
  orders: count,
  more: count,
  less: count,
  limits: count,
  ends: count,
  versions: count,
  held: count,
  opened: count,
  /** Orders whose risk Shopify has not told, where that would decide. */
  riskUnknown: count,
  /** The first of them. */
  rows: z
    .array(OrderDifference.extend({ orderId: z.string(), name: z.string(), processedAt: z.string() }))
    .max(SHOWN_ORDERS)
    .default([]),
});

export type DryRunReport = z.infer<typeof DryRunReport>;
