import fc from "fast-check";
import { expect, test } from "vitest";
import { typedTexts } from "~/domain/license/typed-texts";

test.each([
  ["synth-0001-abcd"],
  ["  SYNTH-0001-ABCD\n"],
  ["SYNTH - 0001 - ABCD"],
  ["SYNTH–0001—ABCD"],
  ["SYNTH\u00A0-0001\u200B-ABCD"],
  ["ＳＹＮＴＨ－０００１－ＡＢＣＤ"],
])("given the key SYNTH-0001-ABCD, when a person types %j, then it is among what they may have meant", (typed) => {
  expect(typedTexts(typed)).toContain("SYNTH-0001-ABCD");
});

test("given any text, when it is typed exactly, then itself comes first and the list stays short", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const texts = typedTexts(text);

      expect(texts[0]).toBe(text.trim() || undefined);
      expect(texts.length).toBeLessThanOrEqual(9);
    }),
  );
});
