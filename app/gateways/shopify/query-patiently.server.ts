import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import type { AdminApi } from "./admin.server";
import { query } from "./query.server";
import { ShopifyThrottled } from "./shopify-unavailable";

/** In all; whoever asks is a job, and may be repeated. */
const PATIENCE_MS = 45_000;

/**
 * Asks as `query` does and, told to wait, waits as long as Shopify says and asks again. For jobs: no person waits for it.
 *
 * @throws ShopifyThrottled when Shopify keeps it waiting for longer than 45 s in all; what `query` throws.
 */
export async function queryPatiently<Schema extends z.ZodType>(
  admin: AdminApi,
  schema: Schema,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<z.infer<Schema>> {
  for (let waitedMs = 0; ;) {
    try {
      return await query(admin, schema, document, variables);
    } catch (error) {
      if (!(error instanceof ShopifyThrottled) || waitedMs + error.waitMs > PATIENCE_MS) throw error;
      await wait(error.waitMs);
      waitedMs += error.waitMs;
    }
  }
}
