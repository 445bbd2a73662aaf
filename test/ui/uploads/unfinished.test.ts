import { expect, test } from "vitest";
import { isSameFile, type Unfinished } from "~/ui/uploads/unfinished";

const unfinished: Unfinished = {
  versionId: "v",
  assetId: "a",
  versionOf: null,
  fileName: "guide.pdf",
  sizeBytes: 10,
  lastModified: 1_700_000_000_000,
  createdAt: "2026-01-15T12:00:00Z",
};
const file = { name: "guide.pdf", size: 10, lastModified: 1_700_000_000_000 };

test("given the very file, when it is chosen again, then it is known", () => {
  expect(isSameFile(file, unfinished)).toBe(true);
  expect(isSameFile({ ...file, lastModified: 1 }, { ...unfinished, lastModified: null })).toBe(true);
});

test.each([{ name: "Guide.pdf" }, { size: 11 }, { lastModified: 1 }])(
  "given a file that differs (%j), when it is chosen, then it is another",
  (difference) => {
    expect(isSameFile({ ...file, ...difference }, unfinished)).toBe(false);
  },
);
