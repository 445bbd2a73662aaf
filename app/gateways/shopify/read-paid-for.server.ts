import { z } from "zod";
import { paidFor, type Agreement, type PaidFor, type Payment, type Sale } from "~/domain/order/paid-for";
import type { AdminApi } from "./admin.server";
import { queryPatiently } from "./query-patiently.server";

/** One agreement a time: Shopify lets one query cost 1,000 points, and each may have many sales. */
const SALES_PER_PAGE = 100;
const TRANSACTIONS = 50;

const AGREEMENTS_QUERY = `#graphql
  query ListAgreements($id: ID!, $after: String, $sales: Int!, $afterSale: String, $transactions: Int!) {
    order(id: $id) {
      transactions(first: $transactions) { kind status processedAt amountSet { shopMoney { amount } } }
      agreements(first: 1, after: $after) {
        nodes {
          happenedAt
          sales(first: $sales, after: $afterSale) {
            nodes {
              actionType
              quantity
              totalAmount { shopMoney { amount } }
              ... on ProductSale { lineItem { id } }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const moment = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const money = z.object({ shopMoney: z.object({ amount: z.string() }) });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const Agreements = z.object({
  order: z
    .object({
      transactions: z.array(
        z.object({ kind: z.string(), status: z.string(), processedAt: moment.nullable(), amountSet: money }),
      ),
      agreements: z.object({
        nodes: z.array(
          z.object({
            happenedAt: moment,
            sales: z.object({
              nodes: z.array(
                z.object({
                  actionType: z.string(),
                  quantity: z.int().nullable(),
                  totalAmount: money,
                  lineItem: z.object({ id: z.string() }).optional(),
                }),
              ),
              pageInfo,
            }),
          }),
        ),
        pageInfo,
      }),
    })
    .nullable(),
});

type Page = z.infer<typeof Agreements>;
type ShopifyOrder = NonNullable<Page["order"]>;
type ShopifySale = ShopifyOrder["agreements"]["nodes"][number]["sales"]["nodes"][number];

/**
 * What was paid for of an order to which an edit added something that is not paid.
 *
 * @param orderId  gid://shopify/Order/…
 * @throws ShopifyUnavailable
 */
export async function readPaidFor(admin: AdminApi, orderId: string): Promise<PaidFor> {
  const agreements: Agreement[] = [];
  const page: Record<string, unknown> = {
    ...{ id: orderId, sales: SALES_PER_PAGE, transactions: TRANSACTIONS, after: null, afterSale: null },
  };
  for (;;) {
    const { order }: Page = await queryPatiently(admin, Agreements, AGREEMENTS_QUERY, page);
    const [agreement] = order?.agreements.nodes ?? [];
    if (!order || !agreement) return { lines: [], paidAt: null };

    const { nodes, pageInfo: sales } = agreement.sales;
    const isRest = page.afterSale !== null;
    if (isRest) agreements.at(-1)?.sales.push(...nodes.map(saleFrom));
    else agreements.push({ at: agreement.happenedAt, sales: nodes.map(saleFrom) });
    page.afterSale = sales.hasNextPage ? sales.endCursor : null;
    if (sales.hasNextPage) continue;
    if (!order.agreements.pageInfo.hasNextPage) return paidFor(agreements, order.transactions.flatMap(paymentFrom));
    page.after = order.agreements.pageInfo.endCursor;
  }
}

function saleFrom({ actionType, quantity, totalAmount, lineItem }: ShopifySale): Sale {
  const kind = actionType === "RETURN" ? "return" : actionType === "ORDER" ? "order" : "update";
  const amount = thousandths(totalAmount.shopMoney.amount);
  return {
    lineId: lineItem?.id ?? null,
    kind,
    units: Math.abs(quantity ?? 0),
    amount: kind === "return" ? -Math.abs(amount) : amount,
  };
}

const INCOMING = new Set(["SALE", "CAPTURE"]);

function paymentFrom({ kind, status, processedAt, amountSet }: ShopifyOrder["transactions"][number]): Payment[] {
  if (status !== "SUCCESS" || !processedAt || (!INCOMING.has(kind) && kind !== "REFUND")) return [];
  const amount = thousandths(amountSet.shopMoney.amount);
  return [{ at: processedAt, amount: kind === "REFUND" ? -amount : amount }];
}

function thousandths(amount: string): number {
  return Math.round(Number(amount) * 1_000);
}
