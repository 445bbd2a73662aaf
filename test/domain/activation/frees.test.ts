import { describe, expect, test } from "vitest";
import { freesLeft } from "~/domain/activation/frees";
import { fingerprintEnd, MachineName } from "~/domain/activation/machine";

const now = new Date("2026-02-15T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe("freesLeft", () => {
  test.each([
    ["no frees yet", [], 3, { left: 3, nextAt: null }],
    ["one of three", [daysAgo(1)], 3, { left: 2, nextAt: null }],
    ["all three used", [daysAgo(1), daysAgo(20), daysAgo(29)], 3, { left: 0, nextAt: daysAgo(-1) }],
    ["three, the first 30 days ago to the second", [daysAgo(1), daysAgo(2), daysAgo(30)], 3, { left: 1, nextAt: null }],
    [
      "three, and the shop allows two since",
      [daysAgo(1), daysAgo(10), daysAgo(20)],
      2,
      { left: 0, nextAt: daysAgo(-20) },
    ],
    ["a shop that allows none", [], 0, { left: 0, nextAt: null }],
  ])("given %s, when asked, then so many are left and the next has its day", (_name, frees, perMonth, left) => {
    expect(freesLeft(frees, perMonth, now)).toEqual(left);
  });
});

test.each([
  ["abcdefghijkl", "ghijkl"],
  ["abcd", "cd"],
  ["a", "a"],
  ["🖥️-desk", "desk"],
])("given the fingerprint %s, when its end is told, then never more than about half of it", (fingerprint, end) => {
  expect(fingerprintEnd(fingerprint)).toBe(end);
});

test.each([
  ["  Ann’s\n laptop ", "Ann’s laptop"],
  ["\u202Egnp.exe", "gnp.exe"],
  ["   ", null],
  ["x".repeat(61), null],
  ["猫".repeat(60), "猫".repeat(60)],
])("given the name %j, when typed, then it is one line of 1 to 60 characters or refused", (typed, name) => {
  expect(MachineName.safeParse(typed).data ?? null).toBe(name);
});
