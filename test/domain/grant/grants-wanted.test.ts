import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grantsWanted, reach, type StandingAttachment, type WantedLine } from "~/domain/grant/grants-wanted";

const madeAt = new Date("2026-01-10T12:00:00Z");
const paid = { financialStatus: "paid", isFree: false, cancelledAt: null };
const line: WantedLine = { id: "line", productId: "P", variantId: "V1", currentQuantity: 3 };

function attachment(over: Partial<StandingAttachment> = {}): StandingAttachment {
  return {
    id: "attachment",
    productId: "P",
    variantId: null,
    assetId: "asset",
    poolId: null,
    keysPerUnit: 1,
    createdAt: madeAt,
    detachedAt: null,
    downloadLimit: 5,
    accessDays: null,
    updatePolicy: "latest",
    updateMonths: null,
    currentVersionId: "version-1",
    alsoGiven: null,
    keyTerms: null,
    ...over,
  };
}
const keyTerms = { keyFor: "unit", activationLimit: 3, validUntil: null } as const;
const keys = (over: Partial<StandingAttachment> = {}) =>
  attachment({ assetId: null, poolId: "pool", keyTerms, ...over });

describe("grantsWanted", () => {
  test("given a file on a product, when three units are paid, then it is wanted once, made of three units", () => {
    expect(grantsWanted(paid, [line], [attachment()])).toEqual([
      {
        lineId: "line",
        attachmentId: "attachment",
        assetId: "asset",
        poolId: null,
        units: 3,
        count: 1,
        downloadLimitPerUnit: 5,
        accessDays: null,
        versionId: null,
        updateMonths: null,
        keysPerUnit: null,
        keyTerms: null,
      },
    ]);
  });

  test("given two keys per unit, when three units are paid, then six grants are wanted", () => {
    expect(grantsWanted(paid, [line], [keys({ keysPerUnit: 2 })])[0]?.count).toBe(6);
  });

  test("given a pool that gives one key for a line, when three units are paid, then one is wanted, made of three", () => {
    const perLine = keys({ keyTerms: { ...keyTerms, keyFor: "line" }, keysPerUnit: 2 });

    expect(grantsWanted(paid, [line], [perLine])).toMatchObject([{ count: 2, units: 3 }]);
  });

  test("given an attachment of another variant, when this variant is paid, then nothing is wanted", () => {
    expect(grantsWanted(paid, [line], [attachment({ variantId: "V2" })])).toEqual([]);
  });

  test("given two attachments of one file were given to a past order, when it is wanted, then by the one given first", () => {
    const first = attachment({ id: "first", alsoGiven: { at: "2026-03-01T00:00:00.000Z", tellsCustomer: true } });
    const older = attachment({
      id: "older",
      createdAt: new Date("2026-01-09T12:00:00Z"),
      alsoGiven: { at: "2026-03-02T00:00:00.000Z", tellsCustomer: true },
    });

    expect(grantsWanted(paid, [line], [older, first]).map((want) => want.attachmentId)).toEqual(["first"]);
  });

  test("given one file attached to product and variant, when it is paid, then it is wanted once, by the older", () => {
    const later = attachment({ id: "later", variantId: "V1", createdAt: new Date("2026-01-11T12:00:00Z") });

    expect(grantsWanted(paid, [line], [later, attachment()]).map((want) => want.attachmentId)).toEqual(["attachment"]);
  });

  test("given a custom item without a product, when it is paid, then nothing is wanted", () => {
    expect(grantsWanted(paid, [{ ...line, productId: null, variantId: null }], [attachment()])).toEqual([]);
  });

  test.each([
    ["paid", {}, true],
    ["partially refunded", { financialStatus: "partially_refunded" }, true],
    ["free", { financialStatus: "pending", isFree: true }, true],
    ["pending", { financialStatus: "pending" }, false],
    ["authorized", { financialStatus: "authorized" }, false],
    ["partially paid", { financialStatus: "partially_paid" }, false],
    ["refunded", { financialStatus: "refunded" }, false],
    ["voided", { financialStatus: "voided" }, false],
    ["free and refunded", { financialStatus: "refunded", isFree: true }, false],
    ["paid and cancelled", { cancelledAt: madeAt }, false],
  ])("given an order that is %s, when asked what is wanted, then it is by that alone", (_name, facts, isWanted) => {
    expect(grantsWanted({ ...paid, ...facts }, [line], [attachment()])).toHaveLength(isWanted ? 1 : 0);
  });

  test("given any lines and attachments, when asked what is wanted, then key grants never exceed paid units × keys per unit", () => {
    const anyLine = fc.record({
      id: fc.uuid(),
      productId: fc.constantFrom("P", "Q", null),
      variantId: fc.constantFrom("V1", "V2", null),
      currentQuantity: fc.nat(20),
    });
    const anyAttachment = fc.record({
      id: fc.uuid(),
      productId: fc.constantFrom("P", "Q"),
      variantId: fc.constantFrom("V1", "V2", null),
      keysPerUnit: fc.integer({ min: 1, max: 4 }),
      poolId: fc.constantFrom("pool-1", "pool-2"),
    });

    fc.assert(
      fc.property(fc.array(anyLine), fc.array(anyAttachment), (lines, rows) => {
        const wanted = grantsWanted(
          paid,
          lines,
          rows.map((row) => keys({ ...row, assetId: null })),
        );

        for (const want of wanted) {
          const bought = lines.find((candidate) => candidate.id === want.lineId)?.currentQuantity ?? 0;
          const perUnit = rows.find((candidate) => candidate.id === want.attachmentId)?.keysPerUnit ?? 0;
          expect(want.count).toBeLessThanOrEqual(bought * perUnit);
        }
        const places = wanted.map((want) => `${want.lineId} ${want.poolId}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });
});

describe("reach", () => {
  const at = (time: string) => new Date(`2026-01-10T${time}Z`);
  const moment = (time: string) => ({ from: at(time), to: at(time) });

  test.each([
    ["made before the payment", {}, moment("13:00:00"), "yes"],
    ["made after the payment", {}, moment("11:00:00"), "no"],
    ["made within the second of the payment", { createdAt: at("12:00:00.900") }, moment("12:00:00"), "yes"],
    ["detached before the payment", { detachedAt: at("12:30:00") }, moment("13:00:00"), "no"],
    ["detached after the payment", { detachedAt: at("13:30:00") }, moment("13:00:00"), "yes"],
    ["made while it may have been paid", {}, { from: at("11:00:00"), to: at("13:00:00") }, "unclear"],
    [
      "detached while it may have been paid",
      { detachedAt: at("13:00:00") },
      { from: at("12:30:00"), to: at("14:00:00") },
      "unclear",
    ],
    [
      "gone before it may have been paid",
      { detachedAt: at("12:10:00") },
      { from: at("12:30:00"), to: at("14:00:00") },
      "no",
    ],
  ] as const)(
    "given an attachment %s, when asked whether it reaches the order, then %#",
    (_name, over, window, answer) => {
      expect(reach(attachment(over), window)).toBe(answer);
    },
  );
});
