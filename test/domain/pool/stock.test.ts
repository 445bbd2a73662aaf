import { describe, expect, test } from "vitest";
import { daysToEmpty, isLow, lowMark, SALES_DAYS } from "~/domain/pool/stock";

const now = new Date("2026-01-15T12:00:00Z");
const longAgo = new Date("2025-01-15T12:00:00Z");
const stock = { available: 20, total: 100, lowAt: 20, lowUnit: "percent", generatesOnDemand: false } as const;

describe("isLow", () => {
  test.each([
    ["at the mark of 20 % of 100", {}, true],
    ["one key above it", { available: 21 }, false],
    ["at a mark of so many keys", { lowUnit: "keys", lowAt: 20, total: 1_000 }, true],
    ["above a mark of so many keys", { lowUnit: "keys", lowAt: 19 }, false],
    ["with a mark of 0 and keys left", { lowAt: 0, available: 1 }, false],
    ["with a mark of 0 and none left", { lowAt: 0, available: 0 }, true],
    ["never filled", { available: 0, total: 0 }, false],
    ["that makes its own keys", { available: 0, generatesOnDemand: true }, false],
  ] as const)("given a pool %s, when it is asked, then it says so", (_, over, expected) => {
    expect(isLow({ ...stock, ...over })).toBe(expected);
  });

  test("given a share that is no whole number, when the mark is asked, then it is rounded up", () => {
    expect(lowMark({ total: 7, lowAt: 20, lowUnit: "percent" })).toBe(2);
  });
});

describe("daysToEmpty", () => {
  const perDay = (count: number) => new Array<number>(SALES_DAYS).fill(count);

  test("given 2 keys sold a day and 9 left, when it is asked, then they last 4 days", () => {
    expect(daysToEmpty(9, perDay(2), longAgo, now)).toBe(4);
  });

  test("given a pool made two days ago that sold 10, when it is asked, then its own days count", () => {
    const sold = [...perDay(0).slice(2), 4, 6];
    expect(daysToEmpty(20, sold, new Date("2026-01-13T12:00:00Z"), now)).toBe(4);
  });

  test("given nothing was sold, when it is asked, then nobody knows", () => {
    expect(daysToEmpty(9, perDay(0), longAgo, now)).toBeNull();
  });
});
