import { expect, test } from "vitest";
import { Pace } from "~/ui/uploads/pace";
import { timeInWords } from "~/ui/uploads/time-in-words";

test("given bytes arriving evenly, when a second has passed, then the pace is theirs", () => {
  const pace = new Pace();

  const judged = [0, 500, 1000, 2000].map((atMs) => pace.add(atMs, atMs * 8));

  expect(judged).toEqual([null, null, 8000, 8000]);
});

test("given a slower line, when 10 s have passed, then what was before no longer counts", () => {
  const pace = new Pace();
  pace.add(0, 0);
  pace.add(1_000, 1_000_000);

  const judged = [11_500, 13_500].map((atMs) => pace.add(atMs, 1_000_000 + (atMs - 11_500)));

  expect(judged).toEqual([null, 1_000]);
});

test("given parts that were there already, when it starts again, then they are not counted as just arrived", () => {
  const pace = new Pace();
  pace.add(0, 0);
  pace.restart();
  pace.add(5_000, 8_000_000);

  expect(pace.add(6_000, 8_000_500)).toBe(500);
});

test.each([
  [0.2, "1 s"],
  [59.4, "59 s"],
  [61, "1 min"],
  [7_500, "2 h 5 min"],
  [400_000, "5 days"],
])("given %d seconds, when they are told, then it is %s", (seconds, words) => {
  expect(timeInWords(seconds)).toBe(words);
});
