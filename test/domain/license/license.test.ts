import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  activationLimitOf,
  licenseEndOf,
  licenseStateOf,
  refusalOf,
  type LicenseFacts,
} from "~/domain/license/license";

const now = new Date("2026-01-15T12:00:00Z");
const later = new Date("2026-02-01T00:00:00Z");

function license(over: Partial<LicenseFacts> = {}): LicenseFacts {
  return {
    keyState: "granted",
    keyActivationLimit: null,
    keyExpiresAt: null,
    grant: { state: "active", expiresAt: null, units: 1 },
    pool: { activationLimit: 3, keyFor: "unit" },
    products: ["gid://shopify/Product/7", "gid://shopify/ProductVariant/70", "SYNTH-PRO"],
    ...over,
  };
}

const grant = (over: Partial<NonNullable<LicenseFacts["grant"]>>) => ({
  grant: { state: "active" as const, expiresAt: null, units: 1, ...over },
});

describe("refusalOf", () => {
  test.each<[string, Partial<LicenseFacts>]>([
    ["revoked", { keyState: "revoked" }],
    ["revoked", grant({ state: "revoked" })],
    ["disabled", { keyState: "disabled" }],
    ["held", grant({ state: "held" })],
    ["held", grant({ state: "waiting" })],
    ["expired", { keyExpiresAt: now }],
    ["expired", grant({ expiresAt: now })],
  ])(
    "given a license that is %s by %j, when asked of a machine with a place, then that is the reason",
    (reason, over) => {
      const machine = { used: 1, state: "activated" } as const;

      expect(refusalOf(license(over), { product: null, machine, now })).toBe(reason);
    },
  );

  test.each([
    ["blocked", { used: 0, state: "blocked" }],
    ["suspended", { used: 1, state: "suspended" }],
    ["limit_reached", { used: 3, state: "unknown" }],
    ["not_activated", { used: 2, state: "unknown" }],
    [null, { used: 3, state: "activated" }],
    [null, { used: 9, state: "activated" }], // the limit was lowered since
    [null, null],
  ] as const)(
    "given a good license for three, when asked of a machine, then it answers %s for %j",
    (reason, machine) => {
      expect(refusalOf(license(), { product: null, machine, now })).toBe(reason);
    },
  );

  test.each([
    ["gid://shopify/Product/7", null],
    ["7", null],
    ["gid://shopify/ProductVariant/70", null],
    ["70", null],
    [" synth-pro ", null],
    ["gid://shopify/Product/8", "wrong_product"],
    ["", "wrong_product"],
  ])("given a license of Synth Pro, when software says it is %j, then the answer is %s", (product, reason) => {
    expect(refusalOf(license(), { product, machine: null, now })).toBe(reason);
  });

  test("given a revoked license of another product, when asked, then nothing of it is told but that", () => {
    expect(refusalOf(license({ keyState: "revoked" }), { product: "8", machine: null, now })).toBe("wrong_product");
  });
});

describe("what a license is", () => {
  test("given a key with an end of its own, when its grant ends earlier, then the key's counts", () => {
    const facts = license({ keyExpiresAt: later, ...grant({ expiresAt: now }) });

    expect(licenseEndOf(facts)).toEqual(later);
    expect(licenseStateOf(facts, now)).toBe("active");
  });

  test.each<[number | null, Partial<LicenseFacts>]>([
    [3, {}],
    [1, { keyActivationLimit: 1 }],
    [null, { keyActivationLimit: 0 }],
    [null, { pool: { activationLimit: null, keyFor: "line" } }],
    [12, { pool: { activationLimit: 3, keyFor: "line" }, ...grant({ units: 4 }) }],
    [3, { pool: { activationLimit: 3, keyFor: "unit" }, ...grant({ units: 4 }) }],
    [2, { keyActivationLimit: 2, pool: { activationLimit: 3, keyFor: "line" }, ...grant({ units: 4 }) }],
    [3, { pool: { activationLimit: 3, keyFor: "line" }, grant: null }],
  ])("when the limit is asked for, then it is %s given %j", (limit, over) => {
    expect(activationLimitOf(license(over))).toBe(limit);
  });

  test("given any license, when it is good for a machine, then it is active and the machine has a place", () => {
    const facts = fc.record({
      keyState: fc.constantFrom("granted" as const, "revoked" as const, "disabled" as const),
      keyActivationLimit: fc.option(fc.integer({ min: 0, max: 5 })),
      keyExpiresAt: fc.option(fc.date({ noInvalidDate: true })),
      grant: fc.option(
        fc.record({
          state: fc.constantFrom("active" as const, "waiting" as const, "held" as const, "revoked" as const),
          expiresAt: fc.option(fc.date({ noInvalidDate: true })),
          units: fc.integer({ min: 1, max: 9 }),
        }),
      ),
      pool: fc.record({
        activationLimit: fc.option(fc.integer({ min: 1, max: 5 })),
        keyFor: fc.constantFrom("unit" as const, "line" as const),
      }),
      products: fc.constant([]),
    });
    const machine = fc.record({
      used: fc.integer({ min: 0, max: 20 }),
      state: fc.constantFrom("activated" as const, "suspended" as const, "blocked" as const, "unknown" as const),
    });

    fc.assert(
      fc.property(facts, machine, (one, asking) => {
        const reason = refusalOf(one, { product: null, machine: asking, now });

        if (reason === null) {
          expect(licenseStateOf(one, now)).toBe("active");
          expect(asking.state).toBe("activated");
        }
        if (reason === "not_activated") expect(asking.used).toBeLessThan(activationLimitOf(one) ?? Infinity);
      }),
    );
  });
});
