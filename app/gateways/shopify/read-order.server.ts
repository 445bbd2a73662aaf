import { z } from "zod";
import type { LineFacts, OrderFacts, RiskLevel } from "~/domain/order/order-facts";
import { adminOf } from "./admin.server";
import { query } from "./query.server";

const LINES_PER_PAGE = 100;

const ORDER_QUERY = `#graphql
  query ReadOrder($id: ID!, $lines: Int!, $after: String) {
    order(id: $id) {
      id
      name
      email
      customer { id }
      customerLocale
      sourceName
      risk { assessments { riskLevel } }
      displayFinancialStatus
      totalPriceSet { shopMoney { amount } }
      cancelledAt
      processedAt
      updatedAt
      transactions(first: 50) { kind status processedAt }
      lineItems(first: $lines, after: $after) {
        nodes { id title variantTitle sku quantity currentQuantity product { id } variant { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const moment = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const node = z.object({ id: z.string() }).nullable();

const ReadOrder = z.object({
  order: z
    .object({
      id: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      customer: node,
      customerLocale: z.string().nullable(),
      sourceName: z.string().nullable(),
      risk: z.object({ assessments: z.array(z.object({ riskLevel: z.string() })) }),
      displayFinancialStatus: z.string().nullable(),
      totalPriceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
      cancelledAt: moment.nullable(),
      processedAt: moment,
      updatedAt: moment,
      transactions: z.array(z.object({ kind: z.string(), status: z.string(), processedAt: moment.nullable() })),
      lineItems: z.object({
        nodes: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            variantTitle: z.string().nullable(),
            sku: z.string().nullable(),
            quantity: z.int(),
            currentQuantity: z.int(),
            product: node,
            variant: node,
          }),
        ),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});
type ShopifyOrder = NonNullable<z.infer<typeof ReadOrder>["order"]>;

/**
 * What Shopify says an order is now, all its lines and the moment it was paid included.
 *
 * @param shopifyId  gid://shopify/Order/…
 * @returns null when the order does not exist or is out of the app's reach.
 * @throws ShopifyUnavailable
 */
export async function readOrder(shopDomain: string, shopifyId: string): Promise<OrderFacts | null> {
  const admin = await adminOf(shopDomain);
  const lines: LineFacts[] = [];
  let after: string | null = null;
  for (;;) {
    const { order }: z.infer<typeof ReadOrder> = await query(admin, ReadOrder, ORDER_QUERY, {
      id: shopifyId,
      lines: LINES_PER_PAGE,
      after,
    });
    if (!order) return null;

    lines.push(...linesOf(order));
    if (!order.lineItems.pageInfo.hasNextPage) return factsOf(order, lines);
    after = order.lineItems.pageInfo.endCursor;
  }
}

function linesOf(order: ShopifyOrder): LineFacts[] {
  return order.lineItems.nodes.map(({ id, product, variant, ...line }) => ({
    ...line,
    shopifyId: id,
    productId: product?.id ?? null,
    variantId: variant?.id ?? null,
  }));
}

function highestRisk(levels: string[]): RiskLevel {
  return (["high", "medium", "low"] as const).find((level) => levels.includes(level)) ?? "none";
}

function factsOf(order: ShopifyOrder, lines: LineFacts[]): OrderFacts {
  const payments = order.transactions
    .filter(({ kind, status }) => (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS")
    .flatMap(({ processedAt }) => (processedAt ? [processedAt.getTime()] : []));

  return {
    shopifyId: order.id,
    name: order.name,
    email: order.email,
    customerId: order.customer?.id ?? null,
    checkoutToken: null,
    locale: order.customerLocale,
    sourceName: order.sourceName,
    riskLevel: highestRisk(order.risk.assessments.map((assessment) => assessment.riskLevel.toLowerCase())),
    financialStatus: (order.displayFinancialStatus ?? "PENDING").toLowerCase(),
    isFree: Number(order.totalPriceSet.shopMoney.amount) === 0,
    cancelledAt: order.cancelledAt,
    processedAt: order.processedAt,
    paidAt: payments.length > 0 ? new Date(Math.max(...payments)) : order.processedAt,
    updatedAt: order.updatedAt,
    lines,
  };
}
