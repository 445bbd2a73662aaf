import { expect, test } from "vitest";
import { sealingKeys } from "~/domain/license/key-text.server";
import { sealLines, type LinesToSeal } from "~/domain/key-import/seal-lines.server";
import { SEALING_THREADS, sealingThreads } from "~/domain/key-import/sealing-threads.server";
import { PIECE_BYTES } from "~/domain/key-import/staged-rows";

const shopId = "0192a1b2-0000-7000-8000-000000000001";
const importId = "0192a1b2-0000-7000-8000-000000000002";

function piece(row: string, count: number): LinesToSeal {
  const columns = { key: 0, pool: 1, sku: null, activationLimit: null, expiresAt: null, note: 2 };
  const rows = { text: `${row}\n`.repeat(count), firstLine: 1, hasHeader: false, separator: ",", columns };
  return { shopId, importId, rows, memory: new SharedArrayBuffer(PIECE_BYTES) };
}

function seal(row: string, count: number) {
  return sealLines(sealingKeys(), piece(row, count));
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

test("given every thread runs out of memory while pieces wait for one, when others start, then those pieces are sealed", async () => {
  const tooLarge = Array.from({ length: SEALING_THREADS }, () => sealingThreads.run(piece('""', 1_000_000)));
  const waiting = [1, 2].map((count) => sealingThreads.run(piece("A", count)));

  const died = await Promise.allSettled(tooLarge);
  const sealed = await Promise.all(waiting);

  const outOfMemory = { status: "rejected", reason: expect.objectContaining({ code: "ERR_WORKER_OUT_OF_MEMORY" }) };
  expect(died).toEqual(tooLarge.map(() => outOfMemory));
  expect(sealed.map(({ lines }) => lines)).toEqual([1, 2]);
});
