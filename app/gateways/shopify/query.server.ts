import type { z } from "zod";
import type { AdminApi } from "./admin.server";
import { queryError } from "./query-error";
import { ShopifyUnavailable } from "./shopify-unavailable";

/**
 * Asks the Admin API and reads its answer through a schema.
 *
 * @throws ShopifyUnavailable for everything that went wrong on the way: network, an answer of another shape,
 *   throttling (ShopifyThrottled), refused access (ShopifyDenied).
 */
export async function query<Schema extends z.ZodType>(
  admin: AdminApi,
  schema: Schema,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<z.infer<Schema>> {
  const reply = await ask(admin, document, variables);
  const parsed = schema.safeParse((reply as { data?: unknown }).data);
  if (!parsed.success)
    throw new ShopifyUnavailable("Shopify answered in a shape we do not know", { cause: parsed.error });

  return parsed.data;
}

async function ask(admin: AdminApi, document: string, variables: Record<string, unknown>): Promise<unknown> {
  try {
    const response = await admin.graphql(document, { variables });
    return await response.json();
  } catch (error) {
    if (error instanceof Response && asksToSignIn(error)) throw error;
    throw queryError(error);
  }
}

/** The library throws Responses: to let the merchant's browser fetch a new token, or to hand on what Shopify answered. */
function asksToSignIn({ status }: Response): boolean {
  return status === 401 || (status >= 300 && status < 400);
}
