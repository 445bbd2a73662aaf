import { z } from "zod";

const id = z.union([z.int(), z.string().regex(/^\d+$/)]);
const orders = z.array(id).nullish();

const CustomerPayload = z.object({
  customer: z.object({ id: id.nullish(), email: z.string().nullish() }),
  orders_requested: orders,
  orders_to_redact: orders,
});
const ShopPayload = z.object({ shop_domain: z.string() });

const complianceTopics = ["customers/data_request", "customers/redact", "shop/redact"] as const;
export type ComplianceTopic = (typeof complianceTopics)[number];

/** Whom a privacy request is about: gids and an address; all empty for a whole shop. */
export type ComplianceSubject = { customerId: string | null; email: string | null; orderIds: string[] };

export type CompliancePayload =
  { ok: true; topic: ComplianceTopic; subject: ComplianceSubject } | { ok: false; reason: string };

/** Reads the body of one of the three compliance topics. */
export function parseCompliancePayload(topic: string, body: unknown): CompliancePayload {
  const known = complianceTopics.find((candidate) => candidate === topic);
  if (!known) return { ok: false, reason: `This address does not take ${topic}.` };
  if (known === "shop/redact") {
    const parsed = ShopPayload.safeParse(body);
    if (!parsed.success) return { ok: false, reason: z.prettifyError(parsed.error) };
    return { ok: true, topic: known, subject: { customerId: null, email: null, orderIds: [] } };
  }
  const parsed = CustomerPayload.safeParse(body);
  if (!parsed.success) return { ok: false, reason: z.prettifyError(parsed.error) };

  const { customer, orders_requested: requested, orders_to_redact: toRedact } = parsed.data;
  return {
    ok: true,
    topic: known,
    subject: {
      customerId: customer.id ? `gid://shopify/Customer/${customer.id}` : null,
      email: customer.email ?? null,
      orderIds: [...(requested ?? []), ...(toRedact ?? [])].map((order) => `gid://shopify/Order/${order}`),
    },
  };
}
