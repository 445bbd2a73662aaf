import { z } from "zod";

const customer = z.string().regex(/^gid:\/\/shopify\/Customer\/\d+$/);

const MergePayload = z.object({
  admin_graphql_api_customer_kept_id: customer,
  admin_graphql_api_customer_deleted_id: customer,
  /** "completed", "failed" and what comes before either. */
  status: z.string(),
});

export type CustomerMergePayload =
  { ok: true; isCompleted: boolean; keptId: string; deletedId: string } | { ok: false; reason: string };

/** Reads the body of `customers/merge`: gids of two customers who are, or could not be, made one. */
export function parseCustomerMergePayload(body: unknown): CustomerMergePayload {
  const parsed = MergePayload.safeParse(body);
  if (!parsed.success) return { ok: false, reason: z.prettifyError(parsed.error) };

  const { data } = parsed;
  return {
    ok: true,
    isCompleted: data.status === "completed",
    keptId: data.admin_graphql_api_customer_kept_id,
    deletedId: data.admin_graphql_api_customer_deleted_id,
  };
}
