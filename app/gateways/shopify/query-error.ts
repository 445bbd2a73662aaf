import { z } from "zod";
import { ShopifyDenied, ShopifyThrottled, ShopifyUnavailable } from "./shopify-unavailable";

const DEFAULT_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

const GraphqlFailure = z.object({
  body: z.object({
    errors: z.object({
      graphQLErrors: z.tuple(
        [z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() })],
        z.unknown(),
      ),
    }),
    extensions: z.unknown().optional(),
  }),
});

const Cost = z.object({
  cost: z.object({
    requestedQueryCost: z.number(),
    throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
  }),
});

const HttpFailure = z.object({
  response: z.object({ code: z.number(), retryAfter: z.number().optional() }),
});

/** What a failure of Shopify's Admin client means for us. */
export function queryError(error: unknown): ShopifyUnavailable {
  const failure = GraphqlFailure.safeParse(error);
  if (failure.success) {
    const [first] = failure.data.body.errors.graphQLErrors;
    const code = first.extensions?.code;
    if (code === "THROTTLED") return new ShopifyThrottled(waitMsOf(failure.data.body.extensions), { cause: error });
    if (code === "ACCESS_DENIED") return new ShopifyDenied(first.message, { cause: error });
  }
  const http = HttpFailure.safeParse(error);
  if (http.success && http.data.response.code === 429) {
    return new ShopifyThrottled(
      http.data.response.retryAfter ? http.data.response.retryAfter * 1_000 : DEFAULT_WAIT_MS,
      {
        cause: error,
      },
    );
  }
  return new ShopifyUnavailable("Shopify did not answer", { cause: error });
}

/** Until the allowance, which fills up at so many points a second, covers what the query may cost. */
function waitMsOf(extensions: unknown): number {
  const parsed = Cost.safeParse(extensions);
  if (!parsed.success) return DEFAULT_WAIT_MS;

  const { requestedQueryCost, throttleStatus } = parsed.data.cost;
  const missing = Math.max(1, requestedQueryCost - throttleStatus.currentlyAvailable);
  return Math.min(LONGEST_WAIT_MS, Math.ceil((missing / throttleStatus.restoreRate) * 1_000));
}
