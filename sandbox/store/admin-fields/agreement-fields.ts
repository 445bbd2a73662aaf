import { connectionOf } from "../connection.ts";
import { digitsOf, gid } from "../identifiers.ts";
import type { Order, OrderLine } from "../model.ts";
import { moneyBag, type Fields } from "./fields.ts";

type Agreement = {
  __typename: "OrderAgreement" | "OrderEditAgreement" | "RefundAgreement";
  id: string;
  happenedAt: string;
  reason: "ORDER" | "ORDER_EDIT" | "REFUND";
  sales: { id: string }[];
};

export const agreementFields: Fields<Agreement> = {
  sales: (agreement, args) => connectionOf(agreement.sales, args),
};

/** What was agreed when the order was placed, edited and refunded, oldest first. */
export function agreementsOf(order: Order): Agreement[] {
  const line = (id: string) => order.lines.find((candidate) => candidate.id === id);
  const added = new Map(order.edits.flatMap((edit) => edit.additions.map(({ lineId, delta }) => [lineId, delta])));
  const placed = order.lines.flatMap((sold) =>
    productSale(order, sold, "ORDER", sold.quantity - (added.get(sold.id) ?? 0)),
  );
  const edits = order.edits.map((edit) => ({
    __typename: "OrderEditAgreement" as const,
    number: digitsOf(edit.id),
    happenedAt: edit.at,
    reason: "ORDER_EDIT" as const,
    sales: [
      ...edit.additions.flatMap(({ lineId, delta }) => productSale(order, line(lineId), "ORDER", delta)),
      ...edit.removals.flatMap(({ lineId, delta }) => productSale(order, line(lineId), "RETURN", delta)),
    ],
  }));
  const refunds = order.refunds.map((refund) => ({
    __typename: "RefundAgreement" as const,
    number: digitsOf(refund.id),
    happenedAt: refund.createdAt,
    reason: "REFUND" as const,
    sales: [
      ...refund.lines.flatMap(({ lineId, quantity }) => productSale(order, line(lineId), "RETURN", quantity)),
      ...adjustment(order, refund.adjustmentCents),
    ],
  }));
  const first = {
    __typename: "OrderAgreement" as const,
    number: digitsOf(order.id),
    happenedAt: order.createdAt,
    reason: "ORDER" as const,
    sales: placed,
  };
  return [first, ...[...edits, ...refunds].sort((a, b) => Number(a.number) - Number(b.number))].map(
    ({ number, sales, ...agreement }) => ({
      ...agreement,
      id: gid("SalesAgreement", number ?? 0),
      sales: sales.map((sale, index) => ({ ...sale, id: gid("Sale", index + 1) })),
    }),
  );
}

function productSale(order: Order, line: OrderLine | undefined, actionType: "ORDER" | "RETURN", units: number) {
  if (!line || units === 0) return [];
  const quantity = actionType === "RETURN" ? -units : units;
  return [
    {
      __typename: "ProductSale",
      actionType,
      lineType: "PRODUCT",
      quantity,
      lineItem: { ...line, order },
      totalAmount: moneyBag(line.priceCents * quantity, order.currency),
    },
  ];
}

function adjustment(order: Order, cents: number) {
  if (cents === 0) return [];
  return [
    {
      __typename: "AdjustmentSale",
      actionType: "RETURN",
      lineType: "ADJUSTMENT",
      quantity: null,
      totalAmount: moneyBag(-cents, order.currency),
    },
  ];
}
