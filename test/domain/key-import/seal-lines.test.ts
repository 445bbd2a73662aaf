import { expect, test } from "vitest";
import { sealingKeys } from "~/domain/license/key-text.server";
import { sealLines } from "~/domain/key-import/seal-lines.server";
import { PIECE_BYTES } from "~/domain/key-import/staged-rows";

const shopId = "0192a1b2-0000-7000-8000-000000000001";
const importId = "0192a1b2-0000-7000-8000-000000000002";

function seal(row: string, count: number) {
  const columns = { key: 0, pool: 1, sku: null, activationLimit: null, expiresAt: null, note: 2 };
  const rows = { text: `${row}\n`.repeat(count), firstLine: 1, hasHeader: false, separator: ",", columns };
  return sealLines(sealingKeys(), { shopId, importId, rows, memory: new SharedArrayBuffer(PIECE_BYTES) });
}

test.each([
  ["the shortest", "A"],
  ["the longest", `${"密".repeat(500)},${"密".repeat(255)},${"密".repeat(500)}`],
])("given a piece of %s rows that there may be, when it is sealed, then there is room for all", (_, row) => {
  const count = Math.floor(65_537 / (row.length + 1));

  expect(seal(row, count)).toEqual({ lines: count, bytes: expect.any(Number) });
});

test("given more rows than there is room for, when they are sealed, then it fails before one is cut", () => {
  expect(() => seal("A", 65_537)).toThrow(RangeError);
});
