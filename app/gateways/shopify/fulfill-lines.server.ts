import { z } from "zod";
import { adminOf, type AdminApi } from "./admin.server";
import { queryPatiently } from "./query-patiently.server";

const LINES_PER_PAGE = 250;
const TRIES = 2;

const FULFILLMENT_ORDERS_QUERY = `#graphql
  query ListFulfillmentOrders($id: ID!) {
    order(id: $id) {
      fulfillmentOrders(first: 50) { nodes { id supportedActions { action } } }
    }
  }`;

const FulfillmentOrders = z.object({
  order: z
    .object({
      fulfillmentOrders: z.object({
        nodes: z.array(z.object({ id: z.string(), supportedActions: z.array(z.object({ action: z.string() })) })),
      }),
    })
    .nullable(),
});

const LINES_QUERY = `#graphql
  query ListFulfillmentLines($id: ID!, $lines: Int!, $after: String) {
    fulfillmentOrder(id: $id) {
      lineItems(first: $lines, after: $after) {
        nodes { id remainingQuantity requiresShipping lineItem { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const Line = z.object({
  id: z.string(),
  remainingQuantity: z.int(),
  requiresShipping: z.boolean(),
  lineItem: z.object({ id: z.string() }),
});
type Line = z.infer<typeof Line>;

const FulfillmentLines = z.object({
  fulfillmentOrder: z
    .object({
      lineItems: z.object({
        nodes: z.array(Line),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});

const FULFILL_MUTATION = `#graphql
  mutation FulfillLines($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) {
      fulfillment { id }
      userErrors { message }
    }
  }`;

const Fulfilled = z.object({
  fulfillmentCreate: z.object({ userErrors: z.array(z.object({ message: z.string() })) }).nullable(),
});

export type FulfillLinesInput = {
  /** gid://shopify/Order/… */
  orderId: string;
  /** gid://shopify/LineItem/… of the lines to fulfill. */
  lineIds: string[];
  /** Whether Shopify mails the customer, too. */
  notifyCustomer: boolean;
};

export type FulfillLinesResult =
  /** `now`: lines this call fulfilled; `before`: those that were already. */
  | { kind: "fulfilled"; now: number; before: number }
  /** Shopify's own words. */
  | { kind: "refused"; message: string };

type Part = { fulfillmentOrderId: string; isOpen: boolean; line: Line };

/**
 * Marks lines of an order as fulfilled, with all that is left of them. What has to be shipped is the merchant's to
 * fulfill and is left alone; so is what Shopify or the merchant holds just now.
 *
 * May be repeated: what is fulfilled stays so and is not fulfilled again.
 *
 * @throws ShopifyDenied when the merchant has not granted it; ShopifyUnavailable when it is worth trying again.
 */
export async function fulfillLines(shopDomain: string, input: FulfillLinesInput): Promise<FulfillLinesResult> {
  const admin = await adminOf(shopDomain);
  let now = 0;
  let refusal = "";
  for (let tried = 0; tried < TRIES; tried++) {
    const parts = (await partsOf(admin, input.orderId)).filter(
      ({ line }) => !line.requiresShipping && input.lineIds.includes(line.lineItem.id),
    );
    const open = parts.filter(({ isOpen, line }) => isOpen && line.remainingQuantity > 0);
    const before = parts.filter(({ line }) => line.remainingQuantity === 0).length - now;
    if (open.length === 0) return { kind: "fulfilled", now, before };

    const outcome = await fulfill(admin, open, input.notifyCustomer);
    now += outcome.fulfilled;
    if (outcome.refusal === null) return { kind: "fulfilled", now, before };
    refusal = outcome.refusal; // someone may have fulfilled it meanwhile: looked at once more
  }
  return { kind: "refused", message: refusal };
}

async function partsOf(admin: AdminApi, orderId: string): Promise<Part[]> {
  const { order } = await queryPatiently(admin, FulfillmentOrders, FULFILLMENT_ORDERS_QUERY, { id: orderId });
  const parts: Part[] = [];
  for (const { id, supportedActions } of order?.fulfillmentOrders.nodes ?? []) {
    const isOpen = supportedActions.some(({ action }) => action === "CREATE_FULFILLMENT");
    for (const line of await linesOf(admin, id)) parts.push({ fulfillmentOrderId: id, isOpen, line });
  }
  return parts;
}

async function linesOf(admin: AdminApi, fulfillmentOrderId: string): Promise<Line[]> {
  const lines: Line[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Record<string, unknown> = { id: fulfillmentOrderId, lines: LINES_PER_PAGE, after };
    const { fulfillmentOrder } = await queryPatiently(admin, FulfillmentLines, LINES_QUERY, page);
    if (!fulfillmentOrder) return lines;

    lines.push(...fulfillmentOrder.lineItems.nodes);
    const { pageInfo } = fulfillmentOrder.lineItems;
    if (!pageInfo.hasNextPage) return lines;
    after = pageInfo.endCursor;
  }
}

/** One fulfillment per fulfillment order: those of one call have to be at one place. */
async function fulfill(
  admin: AdminApi,
  parts: Part[],
  notifyCustomer: boolean,
): Promise<{ fulfilled: number; refusal: string | null }> {
  let fulfilled = 0;
  for (const [fulfillmentOrderId, lines] of Map.groupBy(parts, (part) => part.fulfillmentOrderId)) {
    const fulfillmentOrderLineItems = lines.map(({ line }) => ({ id: line.id, quantity: line.remainingQuantity }));
    const lineItemsByFulfillmentOrder = [{ fulfillmentOrderId, fulfillmentOrderLineItems }];
    const { fulfillmentCreate } = await queryPatiently(admin, Fulfilled, FULFILL_MUTATION, {
      fulfillment: { lineItemsByFulfillmentOrder, notifyCustomer },
    });
    const [error] = fulfillmentCreate?.userErrors ?? [{ message: "Shopify gave no reason." }];
    if (error) return { fulfilled, refusal: error.message };
    fulfilled += lines.length;
  }
  return { fulfilled, refusal: null };
}
