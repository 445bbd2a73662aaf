import { describe, expect, test } from "vitest";
import { checksOf, gateReasons, refusalOf, type GatedGrant } from "~/domain/download/gate";

const now = new Date("2026-02-01T12:00:00Z");
const open: GatedGrant = {
  state: "active",
  expiresAt: null,
  used: 0,
  downloadLimit: 5,
  gives: "file",
  isStreamOnly: false,
  hasVersion: true,
};

describe("checksOf", () => {
  test("given a grant that nothing keeps, when checked, then every check is named in order and passes", () => {
    const checks = checksOf(open, now);

    expect(checks.map(({ check }) => check)).toEqual(gateReasons);
    expect(checks.every(({ passed }) => passed)).toBe(true);
    expect(refusalOf(checks)).toBeNull();
  });

  test.each([
    ["revoked", { state: "revoked" }],
    ["held", { state: "held" }],
    ["waiting", { state: "waiting" }],
    ["expired", { expiresAt: now }],
    ["stream_only", { isStreamOnly: true }],
    ["file_not_ready", { hasVersion: false }],
    ["limit_reached", { used: 5 }],
  ] as const)("given a grant that is %s, when checked, then that check alone fails and decides", (reason, columns) => {
    const checks = checksOf({ ...open, ...columns }, now);

    expect(checks.filter(({ passed }) => !passed).map(({ check }) => check)).toEqual([reason]);
    expect(refusalOf(checks)).toBe(reason);
  });

  test("given several faults, when checked, then the first in order decides", () => {
    const checks = checksOf({ ...open, state: "held", expiresAt: now, used: 9 }, now);

    expect(refusalOf(checks)).toBe("held");
  });

  test.each([
    ["a link without a version", { gives: "link", hasVersion: false }],
    ["no limit", { downloadLimit: null, used: 1_000 }],
    ["an end that is yet to come", { expiresAt: new Date(now.getTime() + 1) }],
  ] as const)("given %s, when checked, then it passes", (_name, columns) => {
    expect(refusalOf(checksOf({ ...open, ...columns }, now))).toBeNull();
  });
});
