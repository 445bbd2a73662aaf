import { expect, test } from "vitest";
import { sizeInWords } from "~/ui/size-in-words";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [4_200_000, "4.2 MB"],
  [5_368_709_120, "5.4 GB"],
])("given %i bytes, when said in words, then %s", (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
