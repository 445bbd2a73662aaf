import { z } from "zod";
import type { OrderFacts } from "~/domain/order/order-facts";

/** A 64-bit id: a string where it does not fit a number (see `parseLosslessly`). */
const id = z.union([z.int().positive(), z.string().regex(/^\d+$/)]);
const gid = (type: string) => z.string().regex(new RegExp(`^gid://shopify/${type}/\\d+$`), `must be a ${type} gid`);
const text = z.string().nullish();
const moment = z.iso.datetime({ offset: true, error: "must be a date and time" }).transform((value) => new Date(value));

const Line = z.object({
  admin_graphql_api_id: gid("LineItem"),
  product_id: id.nullish(),
  variant_id: id.nullish(),
  title: z.string(),
  variant_title: text,
  sku: text,
  quantity: z.int().min(0),
  current_quantity: z.int().min(0).nullish(),
});

const OrderPayload = z.object({
  admin_graphql_api_id: gid("Order"),
  name: z.string(),
  email: text,
  contact_email: text,
  customer: z.object({ admin_graphql_api_id: gid("Customer") }).nullish(),
  checkout_token: text,
  customer_locale: text,
  source_name: text,
  financial_status: z.string().nullish(),
  total_price: z.string().nullish(),
  cancelled_at: moment.nullish(),
  processed_at: moment.nullish(),
  created_at: moment,
  updated_at: moment,
  line_items: z.array(Line),
});

/**
 * Reads the body of `orders/paid`, `orders/updated` or `orders/cancelled` (REST shape, 2026-07).
 *
 * Protected fields may be null or absent: the facts then say null.
 *
 * @returns `ok: false` with one sentence when the body is not what the topic promises.
 */
export function parseOrderPayload(body: unknown): { ok: true; facts: OrderFacts } | { ok: false; reason: string } {
  const parsed = OrderPayload.safeParse(body);
  if (!parsed.success) return { ok: false, reason: z.prettifyError(parsed.error) };

  const order = parsed.data;
  return {
    ok: true,
    facts: {
      shopifyId: order.admin_graphql_api_id,
      name: order.name,
      email: order.email || order.contact_email || null,
      customerId: order.customer?.admin_graphql_api_id ?? null,
      checkoutToken: order.checkout_token ?? null,
      locale: order.customer_locale ?? null,
      sourceName: order.source_name ?? null,
      riskLevel: null,
      financialStatus: order.financial_status ?? "pending",
      isFree: Number(order.total_price ?? NaN) === 0,
      cancelledAt: order.cancelled_at ?? null,
      processedAt: order.processed_at ?? order.created_at,
      paidAt: null,
      paidFor: null,
      updatedAt: order.updated_at,
      lines: order.line_items.map((line) => ({
        shopifyId: line.admin_graphql_api_id,
        productId: gidOf("Product", line.product_id),
        variantId: gidOf("ProductVariant", line.variant_id),
        title: line.title,
        variantTitle: line.variant_title ?? null,
        sku: line.sku ?? null,
        quantity: line.quantity,
        currentQuantity: line.current_quantity ?? line.quantity,
      })),
    },
  };
}

function gidOf(type: string, number: z.infer<typeof id> | null | undefined): string | null {
  return number ? `gid://shopify/${type}/${number}` : null;
}
