import { describe, expect, test } from "vitest";
import { paidFor, type Agreement, type Payment, type Sale } from "~/domain/order/paid-for";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

const bought = (lineId: string, units: number, price: number): Sale => {
  return { lineId, kind: "order", units, amount: units * price };
};
const returned = (lineId: string, units: number, price: number): Sale => {
  return { lineId, kind: "return", units, amount: -units * price };
};
const shipping: Sale = { lineId: null, kind: "order", units: 1, amount: 5 };

describe("what was paid for before an edit added more", () => {
  const cases: [string, Agreement[], Payment[], Record<string, number>, number | null][] = [
    [
      "an order that was paid and then added to",
      [
        { at: day(1), sales: [bought("A", 2, 10), shipping] },
        { at: day(3), sales: [bought("B", 1, 30)] },
      ],
      [{ at: day(1), amount: 25 }],
      { A: 2 },
      1,
    ],
    [
      "an order paid two days later and then added to",
      [
        { at: day(1), sales: [bought("A", 1, 10)] },
        { at: day(5), sales: [bought("B", 1, 30)] },
      ],
      [{ at: day(3), amount: 10 }],
      { A: 1 },
      3,
    ],
    [
      "an addition that was paid, and a second one that was not",
      [
        { at: day(1), sales: [bought("A", 1, 10)] },
        { at: day(2), sales: [bought("B", 1, 10)] },
        { at: day(4), sales: [bought("C", 1, 10)] },
      ],
      [
        { at: day(1), amount: 10 },
        { at: day(3), amount: 10 },
      ],
      { A: 1, B: 1 },
      1,
    ],
    [
      "a free order that was added to",
      [
        { at: day(1), sales: [bought("A", 1, 0)] },
        { at: day(2), sales: [bought("B", 1, 10)] },
      ],
      [],
      { A: 1 },
      1,
    ],
    [
      "an order paid in part only",
      [
        { at: day(1), sales: [bought("A", 1, 10)] },
        { at: day(3), sales: [bought("B", 1, 10)] },
      ],
      [{ at: day(2), amount: 9 }],
      {},
      null,
    ],
    [
      "a payment that came after the edit and does not cover both",
      [
        { at: day(1), sales: [bought("A", 1, 10)] },
        { at: day(2), sales: [bought("B", 1, 30)] },
      ],
      [{ at: day(3), amount: 10 }],
      {},
      null,
    ],
    [
      "a refund of a unit after an unpaid addition",
      [
        { at: day(1), sales: [bought("A", 2, 10)] },
        { at: day(2), sales: [bought("B", 1, 10)] },
        { at: day(3), sales: [returned("A", 1, 10)] },
      ],
      [
        { at: day(1), amount: 20 },
        { at: day(3), amount: -10 },
      ],
      { A: 2 },
      1,
    ],
    [
      "a refund booked a second after its agreement, and a further addition",
      [
        { at: day(1), sales: [bought("A", 2, 10)] },
        { at: day(2), sales: [bought("B", 1, 10)] },
        { at: day(3), sales: [returned("A", 1, 10)] },
        { at: day(4), sales: [bought("C", 1, 10)] },
      ],
      [
        { at: day(1), amount: 20 },
        { at: new Date(day(3).getTime() + 1_000), amount: -10 },
      ],
      { A: 2 },
      1,
    ],
    [
      "a swap that costs more",
      [
        { at: day(1), sales: [bought("A", 1, 10), bought("B", 1, 10)] },
        { at: day(2), sales: [returned("A", 1, 10), bought("C", 1, 50)] },
      ],
      [{ at: day(1), amount: 20 }],
      { A: 1, B: 1 },
      1,
    ],
    [
      "a discount given later, which made it paid",
      [
        { at: day(1), sales: [bought("A", 1, 10)] },
        { at: day(2), sales: [{ lineId: "A", kind: "update", units: 1, amount: -4 }] },
        { at: day(3), sales: [bought("B", 1, 10)] },
      ],
      [{ at: day(1), amount: 6 }],
      { A: 1 },
      2,
    ],
  ];
  test.each(cases)(
    "given %s, when it is asked for, then it is what was last paid in full",
    (...[, agreements, payments, units, paidOn]) => {
      const { lines, paidAt } = paidFor(agreements.toReversed(), payments);

      expect(Object.fromEntries(lines.map((line) => [line.shopifyId, line.units]))).toEqual(units);
      expect(paidAt).toEqual(paidOn === null ? null : day(paidOn));
    },
  );
});
