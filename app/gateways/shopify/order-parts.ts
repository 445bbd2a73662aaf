import { z } from "zod";
import type { LineFacts, OrderFacts, RiskLevel } from "~/domain/order/order-facts";
import type { PaidFor } from "~/domain/order/paid-for";

/** The fields that `ShopifyOrder` reads; their query has the variables $lines, $after and $transactions. */
export const orderFields = `
  id
  name
  email
  customer { id }
  customerLocale
  sourceName
  risk { assessments { riskLevel } }
  displayFinancialStatus
  edited
  totalPriceSet { shopMoney { amount } }
  cancelledAt
  processedAt
  updatedAt
  transactions(first: $transactions) { kind status processedAt }
  lineItems(first: $lines, after: $after) {
    nodes { id title variantTitle sku quantity currentQuantity product { id } variant { id } }
    pageInfo { hasNextPage endCursor }
  }`;

const moment = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const node = z.object({ id: z.string() }).nullable();

export const ShopifyOrder = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  customer: node,
  customerLocale: z.string().nullable(),
  sourceName: z.string().nullable(),
  risk: z.object({ assessments: z.array(z.object({ riskLevel: z.string() })) }),
  displayFinancialStatus: z.string().nullable(),
  edited: z.boolean(),
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
});
export type ShopifyOrder = z.infer<typeof ShopifyOrder>;

export function lineFactsFrom(order: ShopifyOrder): LineFacts[] {
  return order.lineItems.nodes.map(({ id, product, variant, ...line }) => ({
    ...line,
    shopifyId: id,
    productId: product?.id ?? null,
    variantId: variant?.id ?? null,
  }));
}

const UNPAID = new Set(["PENDING", "AUTHORIZED", "PARTIALLY_PAID"]);

/** Something may have been paid for before an edit added to it: what that was has to be asked for. */
export function isUnpaidAfterEdit({ edited, displayFinancialStatus, cancelledAt }: ShopifyOrder): boolean {
  return edited && !cancelledAt && UNPAID.has(displayFinancialStatus ?? "PENDING");
}

/** @param paidFor  see `readPaidFor`; null unless the order `isUnpaidAfterEdit` */
export function orderFactsFrom(order: ShopifyOrder, lines: LineFacts[], paidFor: PaidFor | null): OrderFacts {
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
    paidAt: paidFor?.paidAt ?? (payments.length > 0 ? new Date(Math.max(...payments)) : order.processedAt),
    paidFor: paidFor?.lines ?? null,
    updatedAt: order.updatedAt,
    lines,
  };
}

function highestRisk(levels: string[]): RiskLevel {
  return (["high", "medium", "low"] as const).find((level) => levels.includes(level)) ?? "none";
}
