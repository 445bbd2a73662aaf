import { z } from "zod";

const id = z.union([z.int().positive(), z.string().regex(/^\d+$/)]);
const gid = z.string().regex(/^gid:\/\/shopify\/Order\/\d+$/);

const byTopic: Record<string, z.ZodType<string | null>> = {
  "refunds/create": z.object({ order_id: id }).transform(({ order_id: order }) => gidOf(order)),
  "orders/edited": z
    .object({ order_edit: z.object({ order_id: id }) })
    .transform(({ order_edit: edit }) => gidOf(edit.order_id)),
  "orders/risk_assessment_changed": z
    .object({ order_id: id.nullish(), admin_graphql_api_order_id: gid.nullish() })
    .transform(({ order_id: order, admin_graphql_api_order_id: known }) => known ?? (order ? gidOf(order) : null)),
  "disputes/create": z
    .object({ order_id: id.nullish() })
    .transform(({ order_id: order }) => (order ? gidOf(order) : null)),
};

/**
 * Reads which order a topic is about that names its order without carrying it.
 *
 * @returns `orderId` is its gid; null when the event names none, and there is nothing to do.
 */
export function parseOrderEvent(
  topic: string,
  body: unknown,
): { ok: true; orderId: string | null } | { ok: false; reason: string } {
  const schema = byTopic[topic];
  if (!schema) return { ok: false, reason: `This address does not take ${topic}.` };

  const parsed = schema.safeParse(body);
  return parsed.success ? { ok: true, orderId: parsed.data } : { ok: false, reason: z.prettifyError(parsed.error) };
}

function gidOf(order: z.infer<typeof id>): string {
  return `gid://shopify/Order/${order}`;
}
