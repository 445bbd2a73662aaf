import fc from "fast-check";
import { expect, test } from "vitest";
import { brandColors, contrast } from "~/ui/page/brand";
import { fileSize } from "~/ui/page/format";

test("given any brand color, when a page wears it, then buttons and links can be read (WCAG AA)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const { button, onButton, accent } = brandColors(`#${number.toString(16).padStart(6, "0")}`);

      expect(contrast(button, onButton)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent, "#ffffff")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent, "#f4f5f7")).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2_000 },
  );
});

test.each([[null], ["red"], ["#12"], ["#123456;}body{display:none"]])(
  "given %s for a color, when a page is drawn, then it wears ours",
  (color) => {
    expect(brandColors(color).button).toBe("#1f5199");
  },
);

test.each([
  ["en", 999, "999 bytes"],
  ["en", 1_536_000, "1.5 MB"],
  ["de", 1_536_000, "1,5 MB"],
  ["fr", 1_536_000, "1,5 Mo"],
  ["en", 999_960, "1 MB"],
  ["ja", 5_000_000_000, "5 GB"],
] as const)("given %s and %d bytes, when told, then %s", (language, sizeBytes, told) => {
  expect(fileSize(language, sizeBytes).replaceAll(/\s/g, " ")).toBe(told);
});
